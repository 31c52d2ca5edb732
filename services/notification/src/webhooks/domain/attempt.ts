/** How one attempt went, as far as anything follows from it. */
export interface Answered {
  readonly taken: boolean;
  readonly status?: number | undefined;
  /** The header, as it came. */
  readonly retryAfter?: string | undefined;
}

export const deliveryStates = ['pending', 'sending', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** What becomes of a delivery after an attempt. */
export type Verdict =
  | { readonly state: 'delivered' }
  | { readonly state: 'failed' }
  | { readonly state: 'pending'; readonly nextAttemptAt: string };

export interface Schedule {
  /** Between the attempts; when they are used up, it has failed. */
  readonly delaysMs: readonly number[];
  /** From 0 to 1: spreads what failed together. */
  readonly chance: () => number;
}

/** `attempts`: with this one. Whatever is no success is tried again: a target that is being mended answers with anything. */
export const verdictOn = (answered: Answered, attempts: number, now: Date, { delaysMs, chance }: Schedule): Verdict => {
  if (answered.taken) return { state: 'delivered' };
  const delayMs = delaysMs[attempts - 1];
  if (delayMs === undefined) return { state: 'failed' };
  const spreadMs = delayMs * (0.8 + 0.4 * chance());
  const askedMs = retryAfterMs(answered.retryAfter, now) ?? 0;
  return { state: 'pending', nextAttemptAt: new Date(now.getTime() + Math.max(spreadMs, askedMs)).toISOString() };
};

/** A day at most: nobody is put off for good by a header. */
const longestMs = 86_400_000;

/** `Retry-After`: seconds, or a date. Nothing for what is neither, or lies behind us. */
export const retryAfterMs = (header: string | undefined, now: Date): number | undefined => {
  if (header === undefined) return undefined;
  const ms = /^\d{1,9}$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now.getTime();
  return ms > 0 ? Math.min(ms, longestMs) : undefined;
};
