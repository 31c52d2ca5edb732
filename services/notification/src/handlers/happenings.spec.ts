import { describe, expect, test } from '@jest/globals';
import type { Event, EventDefinition } from '@orderbus/contracts';
import * as contracts from '@orderbus/contracts';
import { example } from '@orderbus/contracts/examples';
import type { AlertKind } from '../domain/alert.ts';
import { alertsOf, decide, type Watch, type WatchCommand } from '../domain/watch.ts';
import { subscriptionsOf } from './index.ts';

interface Happening {
  readonly what: string;
  readonly told: unknown;
  readonly kind: AlertKind;
  readonly settled?: unknown;
}

/** What the staff is to hear about: what tells it, the alert that it becomes, and what takes it back. */
const happenings: readonly Happening[] = [
  { what: 'a new order', told: contracts.OrderCreated, kind: 'order-new' },
  { what: 'an order that is blocked', told: contracts.OrderBlocked, kind: 'order-blocked', settled: contracts.OrderProcessingStarted },
  {
    what: 'a buyer who wants to cancel',
    told: contracts.OrderAttentionRaised,
    kind: 'cancel-requested',
    settled: contracts.OrderAttentionCleared,
  },
  { what: 'an order that was canceled', told: contracts.OrderCanceled, kind: 'order-canceled' },
  { what: 'a ship-by date at risk', told: contracts.ShipByAtRisk, kind: 'ship-by-at-risk', settled: contracts.ShipBySettled },
  { what: 'a ship-by date that was missed', told: contracts.ShipByMissed, kind: 'ship-by-missed', settled: contracts.ShipBySettled },
  {
    what: 'a confirmation that Amazon refuses',
    told: contracts.AmazonShipmentRejected,
    kind: 'shipment-rejected',
    settled: contracts.AmazonShipmentConfirmed,
  },
  {
    what: 'a refund that Amazon refuses',
    told: contracts.AmazonRefundRejected,
    kind: 'refund-rejected',
    settled: contracts.AmazonRefundAccepted,
  },
  {
    what: 'a store that is out of step, and recovers',
    told: contracts.AmazonSyncStalled,
    kind: 'sync-stalled',
    settled: contracts.AmazonSyncRecovered,
  },
  { what: 'a store that is in step again', told: contracts.AmazonSyncRecovered, kind: 'sync-recovered' },
  { what: 'a gap', told: contracts.AmazonGapFound, kind: 'gap-found' },
  { what: 'a dead letter', told: contracts.DeadLettersOpened, kind: 'dead-letter', settled: contracts.DeadLettersSettled },
  { what: 'an open circuit', told: contracts.CircuitOpened, kind: 'circuit-open', settled: contracts.CircuitClosed },
  { what: 'a secret that expires', told: contracts.AmazonSecretExpiring, kind: 'secret-expiring', settled: contracts.AmazonSecretRenewed },
  { what: 'stock that runs low', told: contracts.StockLow, kind: 'stock-low', settled: contracts.StockReplenished },
];

describe('the staff hears of', () => {
  test.each(happenings)('$what', ({ told, kind, settled }) => {
    const event = exampleOf(told);
    const raised = hear(undefined, event);
    expect(alertsOf(raised)).toMatchObject([{ kind, status: settled ? 'open' : 'info', tenant: event.tenant }]);
    if (!settled) return;
    const after = hear(raised, following(event, exampleOf(settled)));
    expect(alertsOf(after).filter((alert) => alert.kind === kind)).toMatchObject([{ status: 'resolved' }]);
  });
});

const subscriptions = subscriptionsOf({ name: 'watches', run: async () => [] });

const exampleOf = (definition: unknown): Event<object> => example(definition as EventDefinition<object>);

const hear = (watch: Watch | undefined, event: Event): Watch => {
  const [subscription] = subscriptions.filter(({ event: { type } }) => type === event.type);
  const item = subscription?.toItem(event);
  if (!item) throw new Error(`nobody takes ${event.type}`);
  if (watch) expect(item.key).toBe(watch.id);
  const decision = decide(watch ?? { id: item.key, tenant: event.tenant, notices: [] }, item.command as WatchCommand);
  if ('refused' in decision) throw new Error(decision.refused);
  return decision.state;
};

/** The second event as what comes next of the thing that the first one is about. */
const following = (first: Event<object>, second: Event<object>): Event => ({
  ...second,
  aggregateId: first.aggregateId,
  aggregateVersion: first.aggregateVersion + 1,
  data: Object.fromEntries(Object.entries({ ...second.data, ...first.data }).filter(([name]) => name in second.data)),
});
