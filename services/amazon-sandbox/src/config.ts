import type { Clock } from '@orderbus/kernel';
import { z } from 'zod';
import type { FeedDelays } from './world/feeds.ts';

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
  /** How many times faster than real time the world lives. Default: 1. */
  readonly speed?: number;
  /** Default: an hour, as at Amazon. */
  readonly tokenLifetimeSeconds?: number;
  /** How many of the invented orders come through another channel than Amazon. Default: none. */
  readonly nonAmazonShare?: number;
  /** How long a feed waits, and how long it is processed. Default: 15 and 30 seconds of the world's time. */
  readonly feedDelayMs?: FeedDelays;
  /** How long Amazon's books take until they show a booking. Default: 10 minutes of the world's time. */
  readonly financesDelayMs?: number;
  /** Transactions that Amazon tells at once. Default: 500, as at Amazon. */
  readonly transactionsPerPage?: number;
  /** The world's own time. Then nothing else moves it, neither speed nor the control API. */
  readonly clock?: Clock;
}

/** A day in a second. */
export const maxSpeed = 86_400;

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
  SANDBOX_FEED_QUEUE_MS: wholeNumber(0, 86_400_000).default(15_000),
  SANDBOX_FEED_PROCESSING_MS: wholeNumber(0, 86_400_000).default(30_000),
  SANDBOX_FINANCES_DELAY_MS: wholeNumber(0, 172_800_000).default(600_000),
  SANDBOX_SPEED: z.coerce.number().min(0).max(maxSpeed).default(1),
  SANDBOX_TOKEN_LIFETIME_S: wholeNumber(1, 86_400).default(3600),
  SANDBOX_NON_AMAZON_SHARE: z.coerce.number().min(0).max(1).default(0),
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
  feedDelayMs: { queueMs: environment.SANDBOX_FEED_QUEUE_MS, processingMs: environment.SANDBOX_FEED_PROCESSING_MS },
  financesDelayMs: environment.SANDBOX_FINANCES_DELAY_MS,
  speed: environment.SANDBOX_SPEED,
  tokenLifetimeSeconds: environment.SANDBOX_TOKEN_LIFETIME_S,
  nonAmazonShare: environment.SANDBOX_NON_AMAZON_SHARE,
});

function wholeNumber(min: number, max: number) {
  return z.coerce.number().int().min(min).max(max);
}
