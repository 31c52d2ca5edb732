import { action, type ServiceName } from './actions.ts';
import type { Known, LetterFacts, StoreFacts } from './facts.ts';
import { isUnfinished, read } from './order-rules.ts';
import { type Finding, isOverdue, lastAt, one, present, rule, saying } from './reason.ts';
import { opening, resume } from './why-pending.ts';

/** What is wrong with the installation itself, and hides what else there is. */
export const faultRules = [
  rule({
    code: 'dead-letter',
    waitsFor: 'operator',
    when: 'A service could not process a message about the order; until then what it says of it may be old.',
    mendedBy: 'Mend the cause, and redrive it; or discard it.',
    find: ({ letters }) => [...new Set(letters.map(({ service }) => service))].map((service) => letterFinding(service, letters)),
  }),
  rule({
    code: 'unreadable',
    waitsFor: 'operator',
    when: "Amazon's newest answer about the order is not as Amazon's own model says.",
    mendedBy: 'It is taken in as soon as it can be read. It can be read again at once.',
    find: ({ unreadable = [], order }) =>
      unreadable.map(({ problems, changedAt }) => ({
        facts: { problems, count: problems.length },
        since: changedAt,
        actions: [order && read(order)],
      })),
  }),
] as const;

/** What one service has told and another has not heard. */
export const messageRules = [
  rule({
    code: 'not-heard',
    waitsFor: 'time',
    when: 'One service has told something about it more than a minute ago, and another has not heard of it.',
    mendedBy: 'The broker brings it; an outbox that waits, a dead letter or a service that is away show here, too.',
    find: (known) => [...unheardOrder(known), ...unheardAnswers(known)],
  }),
  rule({
    code: 'outbox-waits',
    waitsFor: 'operator',
    when: 'Events of a service wait for more than a minute to be taken by the broker.',
    mendedBy: 'Bring the broker back; they are told by themselves.',
    find: ({ outboxes, now }) =>
      outboxes
        .filter(({ pending, oldestAgeSeconds }) => pending > 0 && oldestAgeSeconds > 60)
        .map(({ service, pending, oldestAgeSeconds, brokerHealthy }) => ({
          facts: { service, count: pending, context: brokerHealthy ? 'slow' : 'away' },
          since: new Date(Date.parse(now) - oldestAgeSeconds * 1_000).toISOString(),
        })),
  }),
] as const;

/** Whether Amazon is read at all. */
export const syncRules = [
  rule({
    code: 'sync-refused',
    waitsFor: 'operator',
    when: 'Amazon refuses access to the store: its orders are not read.',
    mendedBy: 'Mend the authorization in Seller Central, or give new credentials; then ask at once.',
    find: ({ store, ...known }) =>
      one(store?.status === 'refused' && isUnfinished(known.order) && { ...syncFacts(store), actions: [...opening(store), sync(store)] }),
  }),
  rule({
    code: 'store-paused',
    waitsFor: 'operator',
    when: 'A person has paused the store: nothing is read of it.',
    mendedBy: 'Resume it.',
    find: ({ store, order }) =>
      one(
        store?.pausedBy === 'person' && isUnfinished(order) && { ...syncFacts(store), nextAttemptAt: undefined, actions: [resume(store)] },
      ),
  }),
  rule({
    code: 'sync-late',
    waitsFor: 'amazon',
    when: 'The store is out of step for more than a quarter of an hour: Amazon throttles us, fails, or is not asked.',
    mendedBy: 'It tries by itself; it can be asked at once.',
    find: (known) => one(known.store && isUnfinished(known.order) && lateFinding(known, known.store)),
  }),
  rule({
    code: 'sync-degraded',
    waitsFor: 'amazon',
    when: 'Amazon refuses to show some parts of any order: what is shown here may lack them.',
    mendedBy: 'All is read again every 15 minutes until it works.',
    find: ({ store, order }) =>
      one(
        store?.degraded &&
          isUnfinished(order) && { facts: { without: store.degraded.without, store: store.name }, since: store.degraded.since },
      ),
  }),
] as const;

export const ownerRules = [
  rule({
    code: 'owner-away',
    waitsFor: 'operator',
    when: 'A service that knows of the order did not answer: nobody can say that nothing is in the way.',
    mendedBy: 'It is asked again with the next look.',
    find: ({ incomplete }) => one(incomplete.length > 0 && { facts: { services: incomplete, count: incomplete.length } }),
  }),
] as const;

const letterFinding = (service: ServiceName, letters: readonly LetterFacts[]): Finding => {
  const own = letters.filter((letter) => letter.service === service).sort((a, b) => (a.deadAt < b.deadAt ? -1 : 1));
  const [oldest] = own as [LetterFacts];
  const at = `/dead-letters/${oldest.id}`;
  return {
    facts: { service, topic: oldest.topic, reason: oldest.reason.split(':')[0] ?? '', count: own.length },
    since: oldest.deadAt,
    actions: [
      unsendable.has(oldest.reason) ? undefined : action('redrive-letter', `${at}/redrive`, undefined, service),
      action('discard-letter', `${at}/discard`, undefined, service),
    ],
  };
};

const unsendable = new Set(['cannot-be-published', 'message without id or type', 'message too large']);

const unheardOrder = (known: Known): readonly Finding[] => {
  const { order } = known;
  const told = lastAt(known, 'order.created');
  if (!isUnfinished(order) || order.number === null || told === undefined || !isOverdue(told, known)) return [];
  const deaf = [known.shipping === null ? 'fulfillment' : undefined, known.billing === null ? 'billing' : undefined];
  return deaf.flatMap((service) => (service === undefined ? [] : [{ facts: { service, context: 'order' }, since: told }]));
};

/** A parcel or a cancellation waits for Amazon, and the gateway has nothing open that would answer it. */
const unheardAnswers = (known: Known): readonly Finding[] => {
  const { commands, shipping, order } = known;
  if (commands === undefined) return [];
  const isOpen = (kind: string): boolean =>
    commands.some((command) => command.kind === kind && !['done', 'failed'].includes(command.state));
  const parcels = (shipping?.shipments ?? []).filter(
    ({ state, amazon }) =>
      state === 'shipped' && amazon.state === 'waiting' && amazon.toldAt !== undefined && isOverdue(amazon.toldAt, known),
  );
  const cancellation =
    order?.cancellation?.state === 'requested' && isOverdue(order.cancellation.at, known) ? order.cancellation : undefined;
  return [
    ...(isOpen('shipment')
      ? []
      : parcels.map(({ position, amazon }) => ({
          facts: { service: 'amazon-gateway', context: 'parcel', position },
          since: amazon.toldAt,
        }))),
    ...one(
      cancellation && !isOpen('cancellation') && { facts: { service: 'amazon-gateway', context: 'cancellation' }, since: cancellation.at },
    ),
  ];
};

const lateAfterMs = 15 * 60_000;

const lateFinding = (known: Known, store: StoreFacts): Finding | undefined => {
  const { lastSuccessAt, status, pausedBy } = store;
  if (status === 'refused' || pausedBy === 'person' || lastSuccessAt === undefined) return undefined;
  if (!isOverdue(lastSuccessAt, known, lateAfterMs)) return undefined;
  const context = pausedBy === 'amazon' ? 'throttled' : status === 'failing' ? 'failing' : 'late';
  const { facts, ...rest } = syncFacts(store);
  return { facts: { ...facts, context }, ...rest, actions: [pausedBy === 'amazon' ? undefined : sync(store)] };
};

const syncFacts = ({ name, lastError, failure, lastSuccessAt, pausedUntil, nextPollAt }: StoreFacts): Finding => ({
  facts: { ...saying({ ...failure, ...present({ words: lastError }) }), store: name },
  since: lastSuccessAt,
  nextAttemptAt: pausedUntil ?? nextPollAt,
});

const sync = ({ id }: StoreFacts) => action('sync-store', `/stores/${encodeURIComponent(id)}/sync`);
