import type { Clock } from '@orderbus/kernel';
import { z } from 'zod';

export interface SandboxConfig {
  /** 0: a free one. */
  readonly port: number;
  readonly host?: string;
  readonly seed: number;
  readonly ordersPerMinute: number;
  readonly initialOrders: number;
  /** Where the world is kept between runs. Without it, every start is a new world. */
  readonly file?: string;
  /** Amazon's rates and bursts, or none. */
  readonly limits: 'documented' | 'off';
  /** How late searchOrders sees a change, and how far in the past its upper time limits must lie. */
  readonly visibilityLagMs: number;
  readonly clock?: Clock;
}

/** The environment of a sandbox that runs alone. */
export const SandboxEnvironment = z.object({
  SANDBOX_PORT: wholeNumber(0, 65_535).default(4700),
  SANDBOX_HOST: z.string().min(1).default('127.0.0.1'),
  SANDBOX_SEED: wholeNumber(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER).default(1),
  SANDBOX_ORDERS_PER_MINUTE: z.coerce.number().min(0).max(60_000).default(6),
  SANDBOX_INITIAL_ORDERS: wholeNumber(0, 50_000).default(100),
  SANDBOX_FILE: z.string().min(1).optional(),
  SANDBOX_LIMITS: z.enum(['documented', 'off']).default('documented'),
  SANDBOX_VISIBILITY_LAG_MS: wholeNumber(0, 86_400_000).default(120_000),
});

export const configFrom = (environment: z.output<typeof SandboxEnvironment>): SandboxConfig => ({
  port: environment.SANDBOX_PORT,
  host: environment.SANDBOX_HOST,
  seed: environment.SANDBOX_SEED,
  ordersPerMinute: environment.SANDBOX_ORDERS_PER_MINUTE,
  initialOrders: environment.SANDBOX_INITIAL_ORDERS,
  ...(environment.SANDBOX_FILE !== undefined && { file: environment.SANDBOX_FILE }),
  limits: environment.SANDBOX_LIMITS,
  visibilityLagMs: environment.SANDBOX_VISIBILITY_LAG_MS,
});

function wholeNumber(min: number, max: number) {
  return z.coerce.number().int().min(min).max(max);
}
