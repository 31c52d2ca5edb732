import { ServiceConfig } from '@orderbus/service-kit';
import type { z } from 'zod';

/** The environment of billing: what every service reads, and nothing of its own yet. */
export const BillingConfig = ServiceConfig;
export type BillingConfig = z.output<typeof BillingConfig>;
