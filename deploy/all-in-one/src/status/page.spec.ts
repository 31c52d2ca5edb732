import { describe, expect, test } from '@jest/globals';
import { statusPage } from './page.ts';
import type { ServiceState, Snapshot } from './snapshot.ts';

const at = new Date('2026-03-01T12:00:00Z');

const service = (name: string, changes: Partial<ServiceState> = {}): ServiceState => ({
  ...{ name, url: 'http://127.0.0.1:4000', state: 'ready', reason: undefined, outboxPending: 0, brokerHealthy: true },
  ...{ deadLetters: { count: 0, more: false } },
  ...changes,
});

const nothing: Snapshot = {
  ...{ at, services: [], stores: undefined, orders: undefined, sales: undefined, recent: undefined, alerts: undefined },
  ...{ openAlerts: undefined, invoices: undefined, products: undefined, lowStock: undefined, sandbox: undefined },
};

const order = {
  ...{ id: 'o-1', number: '000000042', amazonOrderId: '114-1234567-1234567', tenant: 'demo-na', marketplaceId: 'ATVPDKIKX0DER' },
  ...{ country: 'US', fulfilledBy: 'merchant', purchasedAt: '2026-03-01T11:56:00Z', units: 3, cancelRequested: false },
  ...{ state: 'processing', totals: { currency: 'USD', grandTotalMinor: 123_450 }, blockReasons: [] },
};

const textOf = (snapshot: Partial<Snapshot>): string =>
  statusPage({ ...nothing, ...snapshot })
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

describe('the status page', () => {
  test('shows an order by both numbers, with its money in the way of its currency', () => {
    const text = textOf({ recent: [order, { ...order, totals: { currency: 'JPY', grandTotalMinor: 1_500 } }] });
    expect(text).toMatch(/000000042 114-1234567-1234567 US · ships from us Processing 3 units \$1,234\.50 USD 4 min ago/);
    expect(text).toContain('¥1,500 JPY');
  });

  test('names the store of an order when there are several: our numbers begin anew in each', () => {
    const stores = ['demo-na', 'demo-eu'].map((id) => ({ id, name: id, status: 'ok' }));
    expect(textOf({ recent: [order], stores })).toContain('demo-na · US · ships from us');
    expect(textOf({ recent: [order], stores: stores.slice(0, 1) })).not.toContain('demo-na · US');
  });

  test('says what a blocked order waits for', () => {
    const blockReasons = [
      { sku: 'SKU-7', cause: 'out-of-stock', wanted: 2, available: 0 },
      { sku: 'SKU-9', cause: 'unknown-sku', wanted: 1, available: 0 },
    ];
    expect(textOf({ recent: [{ ...order, state: 'blocked', blockReasons }] })).toContain(
      'Blocked SKU-7: 2 wanted, 0 available; SKU-9: unknown SKU',
    );
  });

  test('never lets a text of somebody else become markup', () => {
    const hostile = '<img src=x onerror=alert(1)>';
    const alert = { id: 'a', kind: 'x', severity: 'info', status: 'info', title: hostile, text: '', raisedAt: at.toISOString() };
    const page = statusPage({
      ...nothing,
      recent: [{ ...order, amazonOrderId: hostile, country: hostile, state: hostile, number: hostile }],
      alerts: [alert],
      stores: [{ id: 's', name: hostile, status: 'failing', lastError: hostile }],
      services: [service(hostile, { state: 'not-ready', reason: hostile })],
    });
    expect(page).not.toContain('<img');
  });

  test('has neither script nor style of its own, so that its policy may forbid them', () => {
    const page = statusPage({ ...nothing, recent: [order] });
    expect(page).not.toMatch(/<style|style="|<script>|onclick|javascript:/);
  });

  test.each<[string, Partial<Snapshot>, string]>([
    ['waits for a service', { services: [service('order'), service('billing', { state: 'away' })] }, 'Waiting for billing'],
    ['is out of step', { stores: [{ id: 's', name: 'Harbor', status: 'refused' }] }, 'Out of step with Amazon: Harbor'],
    ['has not heard from Amazon', { stores: [{ id: 's', name: 'Harbor', status: 'connecting' }] }, 'Connecting to Amazon'],
    [
      'is as old as its oldest store',
      {
        stores: [
          { id: 's', name: 'Harbor', status: 'ok', lastSuccessAt: '2026-03-01T11:59:59Z' },
          { id: 't', name: 'Pine', status: 'running', lastSuccessAt: '2026-03-01T11:58:00Z' },
        ],
      },
      'In step with Amazon 2 min ago',
    ],
  ])('says at the top when it %s', (_, snapshot, expected) => {
    expect(textOf(snapshot)).toContain(expected);
  });

  test('shows what is there when a service does not answer, and says which', () => {
    const text = textOf({ services: [service('order', { state: 'away', reason: 'does not answer' })] });
    expect(text).toContain('The order service does not answer yet.');
    expect(text).toContain('order does not answer');
  });

  test('names what waits to be published, and messages that are parked', () => {
    const text = textOf({ services: [service('billing', { outboxPending: 1_200, deadLetters: { count: 200, more: true } })] });
    expect(text).toMatch(/billing ready · 1,200 to publish 200\+ parked/);
  });
});
