import type { Event } from '@orderbus/contracts';
import { type Clock, failpoint } from '@orderbus/kernel';
import { append, type CausedEvent } from './append.ts';
import { type Claim, claim, unclaim } from './inbox.ts';
import type { Item, Outcome, Subscription, Target, Transaction } from './subscription.ts';
import type { Handling } from './tracing/handling.ts';

/** One event on its way to one subscription. */
export interface Work {
  readonly event: Event;
  readonly subscription: Subscription;
  /** When its publisher recorded it, in milliseconds; unknown for messages of others. */
  readonly recordedAt?: number | undefined;
}

/** How one piece of work ended. `duplicate` and `ignored` are as good as done. */
export type Result = { readonly outcome: 'done' | 'duplicate' | 'ignored' } | { readonly outcome: 'refused'; readonly refusal: Refused };
type Refused = Extract<Outcome, { refused: unknown }>;

export interface Processed {
  /** One for each piece of work, at its index. */
  readonly results: Result[];
  /** How many events it has recorded. */
  readonly events: number;
}

/**
 * The whole life of a batch inside one transaction: claim in the inbox, run each target once with all of its items in message order,
 * append what happened to the log and the outbox. Work that is refused for now, or for a person to see, is not left marked as seen.
 */
export const processBatch = async (
  tx: Transaction,
  works: readonly Work[],
  clock: Clock,
  handling: Pick<Handling, 'begin'>,
): Promise<Processed> => {
  const claims = works.map(({ event, subscription }): Claim => ({ consumer: subscription.name, messageId: event.id }));
  const fresh = await claim(tx, claims);
  const results: Result[] = works.map((_, index) => ({ outcome: fresh[index] ? 'ignored' : 'duplicate' }));

  const recorded: CausedEvent[] = [];
  for (const [target, parts] of byTarget(works, fresh, handling)) {
    const outcomes = await target.run(
      tx,
      parts.map((part) => part.item),
    );
    parts.forEach(({ index, item }, n) => {
      const outcome = outcomes[n] as Outcome;
      if ('refused' in outcome) {
        results[index] = { outcome: 'refused', refusal: outcome };
      } else {
        results[index] = { outcome: 'done' };
        for (const event of outcome.events) recorded.push({ event, cause: item.cause });
      }
    });
  }

  await append(tx, recorded, clock);
  await unclaim(
    tx,
    claims.filter((_, index) => comesAgain(results[index])),
  );
  failpoint('in_tx');
  return { results, events: recorded.length };
};

const comesAgain = (result: Result | undefined): boolean => result?.outcome === 'refused' && result.refusal.refused !== 'already-done';

interface Part {
  readonly index: number;
  readonly item: Item<unknown>;
}

const byTarget = (works: readonly Work[], fresh: readonly boolean[], handling: Pick<Handling, 'begin'>): Map<Target<unknown>, Part[]> => {
  const groups = new Map<Target<unknown>, Part[]>();
  works.forEach((work, index) => {
    const { event, subscription, recordedAt } = work;
    const wanted = fresh[index]
      ? subscription.toItem(event, recordedAt === undefined ? undefined : new Date(recordedAt).toISOString())
      : undefined;
    if (!wanted) return;
    const item = handling.begin(work, wanted);
    const group = groups.get(subscription.target);
    if (group) group.push({ index, item });
    else groups.set(subscription.target, [{ index, item }]);
  });
  return new Map([...groups].sort(([a], [b]) => (a.name < b.name ? -1 : 1)));
};
