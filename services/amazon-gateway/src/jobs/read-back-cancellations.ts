import { execute, type Item } from '@orderbus/outbox';
import { retryAt } from '../amazon/certainty.ts';
import type { Command, Step } from '../domain/command.ts';
import { factsIn } from '../domain/facts.ts';
import { cancellationShown } from '../domain/feed-read-back.ts';
import { claimToReadBack } from '../store/command-queue.ts';
import { findFeeds } from '../store/feed.ts';
import { after, type FeedWork } from './feed-work.ts';
import { refusalOf } from './refusal.ts';

/** At most so many in one turn: each costs a call. */
const mostAtOnce = 20;

/** Nobody else looks at them meanwhile. */
const leaseMs = 120_000;

/** Looks at the orders of cancellations of which nobody knows what became. */
export const readBackCancellations = async (work: FeedWork, storeIds: readonly string[], signal: AbortSignal): Promise<void> => {
  const { execution, targets, clock } = work;
  const { database } = execution;
  const lost = await claimToReadBack(database, { kinds: ['cancellation'], storeIds, now: clock.now() }, { limit: mostAtOnce, leaseMs });
  if (lost.length === 0) return;
  const feeds = new Map(
    (
      await findFeeds(
        database,
        lost.flatMap(({ feedId }) => feedId ?? []),
      )
    ).map((feed) => [feed.id, feed]),
  );
  const looks = lost.map(async (command): Promise<Item<Step>> => {
    const before = feeds.get(command.feedId ?? '')?.messages.find(({ commandId }) => commandId === command.id)?.before;
    const step = { ...(await lookAt(work, command, before, signal)), fence: command.fence };
    return { key: command.id, command: step, cause: command.cause };
  });
  await execute(execution, targets.commands, await Promise.all(looks));
};

const lookAt = async (
  work: FeedWork,
  command: Command,
  before: Parameters<typeof cancellationShown>[2],
  signal: AbortSignal,
): Promise<Step> => {
  const { clock, look } = work;
  try {
    const shown = await look(command, signal);
    return conclusion(work, command, before, { status: shown.status, facts: factsIn(shown) });
  } catch (error) {
    const lookAt = retryAt(error, clock.now()).toISOString();
    return { type: 'lose', why: refusalOf(error), lookAt, attempt: command.attempts };
  }
};

/** What does not show yet may show in some minutes. */
const conclusion = (
  { clock, patience }: FeedWork,
  { request, readBacks, attempts: attempt }: Command,
  before: Parameters<typeof cancellationShown>[2],
  order: Parameters<typeof cancellationShown>[1],
): Step => {
  const shown = request.kind === 'cancellation' ? cancellationShown(request, order, before) : 'unclear';
  if (shown === 'found') return { type: 'found', code: 'shown.canceled', words: 'Amazon shows that it is canceled.' };
  if (shown === 'unclear')
    return {
      type: 'doubt',
      code: 'shown.otherwise',
      words: 'The order has changed at Amazon in another way than was asked: look at it, then settle this or send it again.',
    };
  const waitMs = patience.showsMs(readBacks + 1);
  if (waitMs === undefined)
    return {
      ...{ type: 'absent', code: 'shown.nothing', words: 'Amazon does not show it: it is sent again.' },
      nextAttemptAt: clock.now().toISOString(),
    };
  const why = { code: 'feed.not-shown-yet', words: 'Amazon does not show it yet.' };
  return { type: 'lose', why, lookAt: after(clock, waitMs), attempt };
};
