import type { Subscription } from '@orderbus/outbox';

/** The gateway listens to nobody: all it knows comes from Amazon. */
export const subscriptions: readonly Subscription[] = [];
