import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Upgradable, upgradable } from '@orderbus/testkit';
import { schema } from '../src/app.ts';
import { alertsOf } from '../src/domain/watch.ts';
import { listAlerts } from '../src/store/alerts.ts';
import { listDeliveries } from '../src/store/delivery-list.ts';
import { migrations } from '../src/store/migrations/index.ts';

let service: Upgradable;
beforeAll(async () => {
  service = await upgradable(schema);
});
afterAll(() => service.drop());

test('alerts that were raised before there were any about stores are kept, each with what it is about', async () => {
  const order = { number: '000000012', amazonOrderId: '114-1234567-1234567' };
  const notice = (kind: string, facts: object | null, version: number) => ({
    ...{ eventId: randomUUID(), kind, version, facts, at: `2026-03-01T10:00:0${version}.000Z` },
    ...(facts === null ? {} : { source: true as const }),
  });
  const [orderId, rawId] = [randomUUID(), randomUUID()];
  const blocked = notice('order-blocked', { kind: 'order-blocked', ...order, reasons: [] }, 2);
  const unreadable = notice('order-unreadable', { kind: 'order-unreadable', rawId, problems: [] }, 1);
  const watches = [
    { id: orderId, tenant: 'store-1', notices: [blocked, notice('order-blocked', null, 3)] as never },
    { id: rawId, tenant: 'store-1', notices: [unreadable] as never },
  ];

  await service.after(migrations.slice(0, 1), async (database) => {
    for (const watch of watches) {
      await database.query('insert into watch values ($1, $2, $3)', [watch.id, watch.tenant, JSON.stringify(watch.notices)]);
      for (const alert of alertsOf(watch)) {
        await database.query('insert into alert values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)', [
          ...[alert.id, alert.tenant, watch.id, alert.kind, alert.severity, alert.status, 'Order 12', 'It waits.', alert.data],
          ...[alert.raisedAt, alert.resolvedAt, alert.resolvedBy],
        ]);
      }
    }
  });

  const expected = watches.flatMap(alertsOf);
  await service.after(migrations.slice(0, 2), async (database) => {
    expect(await listAlerts(database, { limit: 10 })).toEqual(expected);
    await database.source.undoLastMigration();
  });
  await service.after(migrations.slice(0, 2), async (database) => expect(await listAlerts(database, { limit: 10 })).toEqual(expected));
});

test('mails of before there were rules are kept, and those that wait still wait', async () => {
  await service.after(migrations.slice(0, 3), async (database) => {
    const [alert] = await listAlerts(database, { limit: 1 });
    await database.query(
      `insert into delivery (alert_id, recipient, state, attempts, sent_at, last_error, answer, next_attempt_at, created_at) values
         ($1, 'anna@example.com', 'sent', 1, '2026-03-01T10:01:00Z', null, '250 ok', '2026-03-01T10:05:00Z', '2026-03-01T10:00:00Z'),
         ($1, 'bob@example.com', 'pending', 2, null, 'ECONNREFUSED', null, '2026-03-01T10:05:00Z', '2026-03-01T10:00:00Z')`,
      [alert?.id],
    );
  });

  const waits = {
    recipient: 'bob@example.com',
    state: 'pending',
    attempts: 2,
    nextAttemptAt: '2026-03-01T10:05:00.000Z',
    lastError: 'ECONNREFUSED',
  };
  const sent = { recipient: 'anna@example.com', state: 'sent', sentAt: '2026-03-01T10:01:00.000Z', answer: '250 ok' };
  const mail = { channel: 'mail', ruleName: 'ALERT_TO', alerts: 1, tenants: ['store-1'], plannedFor: '2026-03-01T10:00:00.000Z' };
  const kept = expect.arrayContaining([expect.objectContaining({ ...sent, ...mail }), expect.objectContaining({ ...waits, ...mail })]);
  // The rules, and the two that came after them.
  await service.after(migrations.slice(0, 7), async (database) => {
    expect(await listDeliveries(database, { limit: 10 })).toEqual(kept);
    for (let undone = 0; undone < 3; undone++) await database.source.undoLastMigration();
    expect(await database.query('select recipient, state from delivery order by 1')).toEqual([
      { recipient: 'anna@example.com', state: 'sent' },
      { recipient: 'bob@example.com', state: 'pending' },
    ]);
  });
  await service.after(migrations.slice(0, 7), async (database) => expect(await listDeliveries(database, { limit: 10 })).toEqual(kept));
});
