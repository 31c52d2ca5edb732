import { newId } from '@orderbus/kernel';
import { append, type Cause, type Execution, type Item, linkHere, type Outcome, type Target, type Transaction } from '@orderbus/outbox';
import type { CommandCause, Step } from '../domain/command.ts';
import type { FeedStep } from '../domain/feed.ts';

export interface FeedTargets {
  readonly feeds: Target<FeedStep>;
  readonly commands: Target<Step>;
}

export interface CommandStep {
  readonly commandId: string;
  readonly step: Step;
}

/**
 * What became of a feed, and of each command in it, in one transaction. Nothing at all when the feed has moved on: somebody else has
 * been faster, and has said what became of its commands.
 */
export const commitFeed = async (
  { database, clock, committed }: Execution,
  targets: FeedTargets,
  { id, tenant }: { readonly id: string; readonly tenant: string },
  step: FeedStep,
  commandSteps: readonly CommandStep[] = [],
): Promise<boolean> => {
  const happened = await database.transaction(async (tx) => {
    const feedItems = [{ key: id, command: step, cause: feedCause(tenant) }];
    const [outcome] = await targets.feeds.run(tx, feedItems);
    if (outcome === undefined || 'refused' in outcome) return false;
    const items = await itemsOf(tx, commandSteps);
    const outcomes = await targets.commands.run(tx, items);
    await append(tx, [...causedEvents(feedItems, [outcome]), ...causedEvents(items, outcomes)], clock);
    return true;
  });
  committed();
  return happened;
};

/** A feed carries commands of many origins: it begins a story of its own. */
export const feedCause = (tenant: string): Cause => ({ tenant, correlationId: newId() });

/** Steps of commands that exist; what follows from them belongs to the story in which they were asked. */
export const itemsOf = async (tx: Transaction, steps: readonly CommandStep[]): Promise<Item<Step>[]> => {
  if (steps.length === 0) return [];
  const rows: { id: string; cause: CommandCause }[] = await tx.query('select id, cause from amazon_command where id = any($1::uuid[])', [
    steps.map(({ commandId }) => commandId),
  ]);
  linkHere(rows.map(({ cause }) => cause.traceparent));
  const causes = new Map(rows.map(({ id, cause }) => [id, cause]));
  return steps.flatMap(({ commandId, step }) => {
    const cause = causes.get(commandId);
    return cause === undefined ? [] : [{ key: commandId, command: step, cause }];
  });
};

export const causedEvents = (items: readonly Item<unknown>[], outcomes: readonly Outcome[]) =>
  outcomes.flatMap((outcome, n) => {
    const { cause } = items[n] as Item<unknown>;
    return 'events' in outcome ? outcome.events.map((event) => ({ event, cause })) : [];
  });
