import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Alert } from './alert.ts';
import { alertsOf, decide, type Notice, type Watch, type WatchCommand } from './watch.ts';

const order = { number: '000000012', amazonOrderId: '114-1234567-1234567' };
const nothing: Watch = { id: 'order-1', tenant: 'store-1', notices: [] };
const at = (version: number) => `2026-03-01T10:00:0${version}.000Z`;
const place = (version: number) => ({ eventId: `event-${version}`, version, at: at(version) });

const created = told({ ...place(1), kind: 'order-new', facts: { kind: 'order-new', ...order, units: 3 } });
const blocked = (version: number, sku = 'SKU-7') =>
  told({
    ...place(version),
    kind: 'order-blocked',
    facts: { kind: 'order-blocked', ...order, reasons: [{ sku, cause: 'out-of-stock', wanted: 2, available: 0 }] },
  });
const processingStarted = (version: number) => told({ ...place(version), kind: 'order-blocked', facts: null });
const canceled = (version: number) =>
  told(
    { ...place(version), kind: 'order-blocked', facts: null },
    { ...place(version), kind: 'order-canceled', facts: { kind: 'order-canceled', ...order } },
  );
const unreadable = (version: number, problem = 'orderId: expected string') =>
  told({ ...place(version), kind: 'order-unreadable', facts: { kind: 'order-unreadable', rawId: 'raw-1', problems: [problem] } });
const refusal = { code: 'amazon.invalid-input', words: 'Amazon says: no.' };
const about = (shipmentId: string, revision: number, version: number) =>
  ({ ...place(version), kind: 'shipment-rejected', subject: shipmentId, revision }) as const;
const refused = (shipmentId: string, revision: number, version = 1) => {
  const facts = {
    kind: 'shipment-rejected',
    amazonOrderId: order.amazonOrderId,
    commandId: 'command-1',
    shipmentId,
    revision,
    refusal,
  } as const;
  return told({ ...about(shipmentId, revision, version), facts });
};
const taken = (shipmentId: string, revision: number, version = 1) => told({ ...about(shipmentId, revision, version), facts: null });

describe('an order', () => {
  test('that is new is told, and asks for nothing', () => {
    expect(summary(after(created))).toEqual(['order-new info 1']);
  });

  test('that is blocked asks for somebody', () => {
    const [alert] = after(blocked(2));
    expect(alert).toMatchObject({ status: 'open', severity: 'attention', raisedAt: at(2), resolvedAt: null, id: 'event-2' });
  });

  test('that is blocked again for other reasons has the one alert, with the latest reasons', () => {
    const [alert, ...others] = after(blocked(2, 'SKU-7'), blocked(3, 'SKU-8'));
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ status: 'open', raisedAt: at(2), data: { reasons: [{ sku: 'SKU-8' }] } });
  });

  test('that goes on resolves its alert', () => {
    expect(after(blocked(2), processingStarted(3))).toMatchObject([{ status: 'resolved', resolvedAt: at(3), resolvedBy: 'order' }]);
  });

  test('that is blocked a second time after it went on has a second alert', () => {
    expect(summary(after(blocked(2), processingStarted(3), blocked(4)))).toEqual(['order-blocked resolved 2', 'order-blocked open 4']);
  });

  test('that is canceled is told, and no longer blocked', () => {
    expect(summary(after(blocked(2), canceled(3)))).toEqual(['order-blocked resolved 2', 'order-canceled info 3']);
  });

  test('that goes on without having been blocked tells nothing', () => {
    expect(after(processingStarted(2))).toEqual([]);
  });

  test('that cannot be read asks for somebody, once, with the latest problems', () => {
    const [alert, ...others] = after(unreadable(1), unreadable(2, 'proceeds: expected object'));
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ status: 'open', data: { problems: ['proceeds: expected object'] } });
  });
});

describe('events out of order', () => {
  test('a block that arrives after the order went on is resolved from the start', () => {
    expect(summary(after(processingStarted(3), blocked(2)))).toEqual(['order-blocked resolved 2']);
  });

  test('an older block that arrives late changes neither the reasons nor the number of alerts', () => {
    const [alert, ...others] = after(blocked(4, 'SKU-8'), blocked(2, 'SKU-7'));
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ raisedAt: at(2), data: { reasons: [{ sku: 'SKU-8' }] } });
  });

  test('a late start of processing between two blocks makes them two alerts, and the known one keeps its id', () => {
    const alerts = after(blocked(4), blocked(2), processingStarted(3));
    expect(summary(alerts)).toEqual(['order-blocked resolved 2', 'order-blocked open 4']);
    expect(alerts.map((alert) => alert.id)).toEqual(['event-2', 'event-4']);
  });

  test('the refusal of a shipment that arrives after its correction was taken asks for nobody', () => {
    expect(summary(after(taken('a', 2), refused('a', 1)))).toEqual(['shipment-rejected resolved 1']);
    expect(summary(after(taken('a', 1, 2), refused('a', 1, 1)))).toEqual(['shipment-rejected resolved 1']);
  });

  test('the refusal of a correction that arrives before its shipment was taken still asks for somebody', () => {
    expect(summary(after(refused('a', 2, 1), taken('a', 1, 3)))).toEqual(['shipment-rejected open 1']);
  });

  test('a shipment that was taken leaves the alerts of the other ones alone', () => {
    const alerts = after(refused('a', 1), refused('c', 1), taken('b', 1), taken('c', 2));
    expect(summary(alerts)).toEqual(['shipment-rejected open 1', 'shipment-rejected resolved 1']);
    expect(alerts[0]).toMatchObject({ data: { shipmentId: 'a' }, orderId: 'order-1', resolvedBy: null });
    expect(alerts[1]).toMatchObject({ data: { shipmentId: 'c' }, resolvedBy: 'gateway' });
  });

  test('repeated notices are done already', () => {
    const watch = run(nothing, [blocked(2)]);
    expect(decide(watch, blocked(2))).toEqual({ refused: 'already-done' });
  });

  test('whatever is repeated or shuffled, the alerts are the same', () => {
    const life = fc
      .array(fc.constantFrom('blocked', 'blocked', 'processing', 'canceled', 'unreadable', 'refused', 'taken', 'refused b', 'taken b'), {
        minLength: 1,
        maxLength: 7,
      })
      .map((steps) => [created, ...steps.map((step, n) => commandFor(step, n + 2))]);
    const streams = life.chain((commands) =>
      fc.tuple(
        fc.constant(commands),
        fc.shuffledSubarray([...commands, ...commands], { minLength: commands.length * 2, maxLength: commands.length * 2 }),
      ),
    );
    fc.assert(
      fc.property(streams, ([inOrder, shuffled]) => {
        expect(after(...shuffled).map(withoutId)).toEqual(after(...inOrder).map(withoutId));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('an alert that a person resolves', () => {
  test('stays resolved while nothing new is told', () => {
    expect(after(blocked(2), dismiss('event-2'))).toMatchObject([{ status: 'resolved', resolvedBy: 'person', resolvedAt: at(9) }]);
    expect(summary(after(blocked(2), dismiss('event-2'), blocked(2)))).toEqual(['order-blocked resolved 2']);
  });

  test('comes back when the order is blocked for other reasons', () => {
    expect(summary(after(blocked(2), dismiss('event-2'), blocked(3, 'SKU-8')))).toEqual(['order-blocked open 2']);
  });

  test('can be resolved twice without effect', () => {
    expect(decide(run(nothing, [blocked(2), dismiss('event-2')]), dismiss('event-2'))).toEqual({ refused: 'already-done' });
  });

  test('must be one that asks for something', () => {
    expect(decide(run(nothing, [created]), dismiss('event-1'))).toMatchObject({ refused: 'not-allowed' });
    expect(decide(nothing, dismiss('event-1'))).toMatchObject({ refused: 'not-allowed' });
  });
});

function told(...notices: Notice[]): WatchCommand {
  return { type: 'notice', notices };
}

function dismiss(alertId: string): WatchCommand {
  return { type: 'dismiss', alertId, at: at(9) };
}

function commandFor(step: string, version: number): WatchCommand {
  if (step === 'blocked') return blocked(version, `SKU-${version}`);
  if (step === 'processing') return processingStarted(version);
  const [verb, shipmentId = 'a'] = step.split(' ');
  // Each revision has two events, in an order of their own.
  if (verb === 'refused') return refused(shipmentId, Math.floor(version / 2), (version % 2) + 1);
  if (verb === 'taken') return taken(shipmentId, Math.floor(version / 2), (version % 2) + 1);
  return step === 'canceled' ? canceled(version) : unreadable(version, `problem ${version}`);
}

function run(watch: Watch, commands: readonly WatchCommand[]): Watch {
  return commands.reduce((state, command) => {
    const decision = decide(state, command);
    return 'refused' in decision ? state : decision.state;
  }, watch);
}

function after(...commands: readonly WatchCommand[]): Alert[] {
  return alertsOf(run(nothing, commands));
}

function summary(alerts: readonly Alert[]): string[] {
  return alerts.map(({ kind, status, raisedAt }) => `${kind} ${status} ${raisedAt.slice(18, 19)}`);
}

/** Which event came first is told by the id, and is allowed to differ. */
function withoutId({ id: _, ...alert }: Alert): Omit<Alert, 'id'> {
  return alert;
}
