import { isDeepStrictEqual } from 'node:util';
import { insertNew, lockByIds, type Outcome, type Target, type Transaction, updateExisting, upsert } from '@orderbus/outbox';
import { alertsOf, decide, type Watch, type WatchCommand } from '../domain/watch.ts';
import { AlertEntity, WatchEntity } from './entities.ts';
import type { Tell } from './gather.ts';

/**
 * The watches, with the alerts that follow from them. A batch is one locked read, at most one insert and one update of
 * watches, one statement for the alerts that changed, and a few for the messages that new alerts ask for.
 */
export const watches = (tell: Tell): Target<WatchCommand> => ({
  name: 'watches',
  run: async (tx, items) => {
    const ids = [...new Set(items.map((item) => item.key))].sort();
    const before = new Map((await lockByIds(tx, WatchEntity, ids)).map((watch) => [watch.id, watch]));
    const after = new Map(before);

    const outcomes = items.map(({ key, command, cause }): Outcome => {
      const decision = decide(after.get(key) ?? { id: key, tenant: cause.tenant, notices: [] }, command);
      if ('refused' in decision) return decision;
      after.set(key, decision.state);
      return { events: [] };
    });

    await save(tx, before, after, tell);
    return outcomes;
  },
});

type Watches = ReadonlyMap<string, Watch>;

const save = async (tx: Transaction, before: Watches, after: Watches, tell: Tell): Promise<void> => {
  const changed = [...after.values()].filter((watch) => before.get(watch.id) !== watch);
  const known = new Map([...before.values()].flatMap(alertsOf).map((alert) => [alert.id, alert]));
  const alerts = changed.flatMap(alertsOf).filter((alert) => !isDeepStrictEqual(alert, known.get(alert.id)));
  await insertNew(
    tx,
    WatchEntity,
    changed.filter((watch) => !before.has(watch.id)),
  );
  await updateExisting(
    tx,
    WatchEntity,
    changed.filter((watch) => before.has(watch.id)),
  );
  await upsert(tx, AlertEntity, alerts);
  // What is over before it was known is not worth a message.
  await tell(
    tx,
    alerts.filter((alert) => !known.has(alert.id) && alert.status !== 'resolved'),
  );
};
