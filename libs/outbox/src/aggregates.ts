import type { Decision } from '@orderbus/contracts';
import type { EntitySchema } from 'typeorm';
import { insertNew, lockByIds, updateExisting } from './database/bulk.ts';

import type { Item, Outcome, RecordedEvent, Target, Transaction } from './subscription.ts';

/** What the library needs of every aggregate; the rest of the row is the domain's. */
export interface Aggregate {
  readonly id: string;
  readonly tenant: string;
  /** The number of events that it has published. */
  readonly version: number;
}

export interface About {
  readonly id: string;
  readonly tenant: string;
}

export interface AggregateOptions<State extends Aggregate, Command, Context> {
  readonly name: string;
  readonly entity: EntitySchema<State>;
  /** Pure: the row as it is (absent: never heard of), a command, and what the batch brought along. The library keeps `id`, `tenant`, `version`. */
  readonly decide: (state: State | undefined, command: Command, about: About, context: Context) => Decision<Omit<State, keyof Aggregate>>;
  /** Reads what deciding needs besides the rows, e.g. the next document number; `finish` writes back what was used of it. */
  readonly context?: (tx: Transaction, items: readonly Item<Command>[]) => Promise<{ context: Context; finish: () => Promise<void> }>;
}

/** Aggregates that are one row each: locked together in id order, decided one after the other, saved in one insert and one update. */
export const aggregates = <State extends Aggregate, Command, Context = undefined>(
  options: AggregateOptions<State, Command, Context>,
): Target<Command> => ({
  name: options.name,
  run: async (tx, items) => {
    const ids = [...new Set(items.map((item) => item.key))].sort();
    const states = new Map((await lockByIds(tx, options.entity, ids)).map((row) => [row.id, row]));
    const known = new Set(states.keys());
    const changed = new Set<string>();
    const opened = await options.context?.(tx, items);

    const outcomes = items.map((item): Outcome => {
      const before = states.get(item.key);
      const about = { id: item.key, tenant: before?.tenant ?? item.cause.tenant };
      const decision = options.decide(before, item.command, about, opened?.context as Context);
      if ('refused' in decision) return decision;
      const version = before?.version ?? 0;
      states.set(item.key, { ...decision.state, ...about, version: version + decision.events.length } as unknown as State);
      changed.add(item.key);
      return {
        events: decision.events.map((event, n): RecordedEvent => ({ ...event, aggregateId: item.key, aggregateVersion: version + n + 1 })),
      };
    });

    const rows = [...changed].sort().map((id) => states.get(id) as State);
    await insertNew(
      tx,
      options.entity,
      rows.filter((row) => !known.has(row.id)),
    );
    await updateExisting(
      tx,
      options.entity,
      rows.filter((row) => known.has(row.id)),
    );
    await opened?.finish();
    return outcomes;
  },
});
