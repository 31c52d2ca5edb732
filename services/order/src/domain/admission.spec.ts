import { describe, expect, test } from '@jest/globals';
import { AmazonStatus, FulfilledBy } from '@orderbus/contracts';
import { about, aLine, aSnapshot, missing, rowOf, seen, surroundings } from '../../test/builders.ts';
import { type Admission, type StockKind, strictly } from './admission.ts';
import { decide } from './decide.ts';
import type { Command, Order } from './order.ts';
import { defaultSettings } from './settings.ts';

const kinds: readonly StockKind[] = ['in-stock', 'unmanaged', 'missing'];
const cells = FulfilledBy.options.flatMap((fulfilledBy) =>
  kinds.flatMap((kind) => AmazonStatus.options.map((status) => [fulfilledBy, kind, status] as const)),
);

/** The table as a seller reads it: everything that is not here stays out. */
const letIn: Record<string, Admission> = {
  'merchant in-stock unshipped': 'comes-in-reserved',
  'merchant in-stock partially-shipped': 'comes-in-reserved',
  'merchant in-stock shipped': 'comes-in-reserved',
  'merchant unmanaged unshipped': 'comes-in-reserved',
  'merchant unmanaged partially-shipped': 'comes-in-reserved',
  'merchant unmanaged shipped': 'comes-in-reserved',
  'amazon in-stock shipped': 'comes-in',
  'amazon unmanaged shipped': 'comes-in',
};

const strict = {
  ...surroundings,
  stores: { ...surroundings.stores, settingsOf: () => ({ ...defaultSettings, admission: 'strict' as const }) },
};

const played = (...commands: readonly Command[]) => {
  let order: Order | undefined;
  const told: string[] = [];
  for (const command of commands) {
    const decision = decide(order, command, about, strict);
    if ('refused' in decision) continue;
    order = rowOf(decision.state, (order?.version ?? 0) + decision.events.length);
    told.push(...decision.events.map((event) => event.definition.type.replace('order.', '')));
  }
  return { order: order as Order, told };
};

describe('the table of a strict store', () => {
  test('has a cell for everything, and lets in eight of them', () => {
    expect([cells.length, Object.keys(letIn).length]).toEqual([42, 8]);
  });

  test.each(cells)('%s, %s, Amazon says %s', (fulfilledBy, kind, status) => {
    expect(strictly[fulfilledBy][kind][status]).toBe(letIn[`${fulfilledBy} ${kind} ${status}`] ?? 'stays-out');
  });

  // The stock of what Amazon ships is not ours to look at (docs/adr/0016): its cells for stock that is there or missing are never reached. A
  // product without managed stock is answered like one that is there.
  const answered = cells.filter(([fulfilledBy, kind]) => (fulfilledBy === 'amazon') === (kind === 'unmanaged'));
  test.each(answered)('%s, %s, Amazon says %s: is what happens to an order', (fulfilledBy, kind, status) => {
    const answer: Command =
      kind === 'missing' ? { type: 'stock-short', missing: [missing()], version: 1 } : { type: 'stock-reserved', version: 1 };
    const { order, told } = played(seen(aSnapshot({ fulfilledBy, status })), answer);
    const cell = strictly[fulfilledBy][kind][status];
    expect(order.number !== null).toBe(cell !== 'stays-out');
    expect(told.includes('created')).toBe(cell !== 'stays-out');
    if (cell === 'comes-in-reserved') expect(told[0]).toBe('reservation_requested');
    else if (fulfilledBy === 'amazon') expect(told).not.toContain('reservation_requested');
  });
});

describe('what Amazon has shipped from its own warehouses', () => {
  test('comes into a strict store whatever our shelves say, and nobody is asked about them', () => {
    expect(strictly.amazon.missing.shipped).toBe('stays-out');
    const { order, told } = played(seen(aSnapshot({ fulfilledBy: 'amazon', status: 'shipped' })));
    expect([order.state, order.number, told]).toEqual(['complete', '000000042', ['created', 'updated']]);
  });
});

describe('an order outside of a strict store', () => {
  const short: Command = { type: 'stock-short', missing: [missing()], version: 1 };

  test('is processed as soon as its stock is there', () => {
    const { order, told } = played(seen(aSnapshot()), short, { type: 'stock-reserved', version: 2 });
    expect(order).toMatchObject({ state: 'processing', number: '000000042', stock: 'reserved' });
    expect(told).toEqual(['reservation_requested', 'created', 'processing_started']);
  });

  test('is complete when it comes in after it was shipped', () => {
    const { order, told } = played(seen(aSnapshot()), short, seen(aSnapshot({ status: 'shipped' }), 2), {
      type: 'stock-reserved',
      version: 2,
    });
    expect(order.state).toBe('complete');
    expect(told).toEqual(['reservation_requested', 'created', 'updated']);
  });

  test('comes in by an answer that was there before, and stays out although Amazon says something new that nobody knows', () => {
    const unknown = seen(aSnapshot({ status: 'unknown' }), 2);
    expect(played(seen(aSnapshot()), unknown, { type: 'stock-reserved', version: 1 }).order.state).toBe('processing');
    expect(played(seen(aSnapshot({ status: 'unknown' })), { type: 'stock-reserved', version: 1 }).order.state).toBe('pending');
  });

  test('asks again when its lines change, and only then', () => {
    const more = aSnapshot({ lines: [aLine({ quantity: 3 })] });
    expect(played(seen(aSnapshot()), seen(aSnapshot({ updatedAt: '2026-03-01T11:00:00Z' }), 2), seen(more, 3)).told).toEqual([
      'reservation_requested',
      'reservation_requested',
    ]);
  });

  test('without any lines waits for them', () => {
    const { order, told } = played(seen(aSnapshot({ lines: [] })), { type: 'stock-reserved', version: 1 });
    expect([order.state, order.stock, told]).toEqual(['pending', 'reserved', []]);
  });

  test('gives its units back when Amazon cancels it', () => {
    const { order, told } = played(seen(aSnapshot()), short, seen(aSnapshot({ status: 'canceled' }), 2));
    expect([order.state, order.number, told]).toEqual(['canceled', null, ['reservation_requested', 'reservation_dropped']]);
  });
});
