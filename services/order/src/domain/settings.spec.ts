import { describe, expect, test } from '@jest/globals';
import { about, ada, aLine, aSnapshot, missing, rowOf, seen, surroundings } from '../../test/builders.ts';
import { decide } from './decide.ts';
import type { Command, Order } from './order.ts';
import { defaultSettings, type OrderSettings, seriesOf } from './settings.ts';

/** What becomes of an order in a store with these rules. What is no command is a change of the rules. */
const inStore = (settings: Partial<OrderSettings>, ...commands: readonly (Command | Partial<OrderSettings>)[]) => {
  let rules: OrderSettings = { ...defaultSettings, ...settings };
  let order: Order | undefined;
  const told: string[] = [];
  for (const command of commands) {
    if (!('type' in command)) {
      rules = { ...rules, ...command };
      continue;
    }
    const stores = { settingsOf: () => rules, skuOf: (_: string, sku: string) => (sku === 'AMZ-MUG' ? 'MUG-BLUE' : sku) };
    const decision = decide(order, command, about, { ...surroundings, stores });
    if ('refused' in decision) {
      told.push(decision.refused);
      continue;
    }
    order = rowOf(decision.state, (order?.version ?? 0) + decision.events.length);
    for (const { definition, data } of decision.events) definition.schema.parse(data);
    told.push(...decision.events.map((event) => event.definition.type.replace('order.', '')));
  }
  return { order: order as Order, told };
};

const short: Command = { type: 'stock-short', missing: [missing()], version: 1 };
const reserved = (version: number): Command => ({ type: 'stock-reserved', version });
const reconsider: Command = { type: 'reconsider' };

describe('a store that does not import', () => {
  test('only shows its orders, whatever becomes of them', () => {
    const { order, told } = inStore({ importOrders: false }, seen(aSnapshot()), seen(aSnapshot({ status: 'shipped' }), 2));
    expect([order.state, order.number, order.viewOnly, order.amazonStatus, told]).toEqual(['pending', null, true, 'shipped', []]);
  });

  test('cannot let in what it only shows', () => {
    const { told } = inStore({ importOrders: false }, seen(aSnapshot()), { type: 'admit', ...ada }, { type: 'retry', ...ada });
    expect(told).toEqual(['not-allowed', 'not-allowed']);
  });

  test('and then begins to gets what it showed meanwhile', () => {
    const { order, told } = inStore({ importOrders: false }, seen(aSnapshot()), { importOrders: true }, reconsider);
    expect([order.state, order.viewOnly, told]).toEqual(['new', false, ['created']]);
  });

  test('any longer gives back what waits outside, and asks anew when it begins again', () => {
    const strict = { admission: 'strict' } as const;
    const { order, told } = inStore(
      ...[strict, seen(aSnapshot()), short, { importOrders: false }, reconsider, reserved(2), { importOrders: true }, reconsider],
    );
    expect([order.state, order.stock]).toEqual(['pending', 'waiting']);
    expect(told).toEqual(['reservation_requested', 'reservation_dropped', 'reservation_requested']);
  });
});

describe('a number', () => {
  test("is Amazon's where the store wants that, and stays what it was when the store changes its mind", () => {
    const { order } = inStore({ numberSource: 'amazon' }, seen(aSnapshot()), { numberSource: 'own' }, seen(aSnapshot({ programs: [] }), 2));
    expect(order.number).toBe('111-0000001-0000001');
  });

  test('of a shop bears its name, and is counted with all of the shop', () => {
    expect(inStore({ shop: 'EU' }, seen(aSnapshot())).order.number).toBe('EU-000000042');
    const inShop = { ...defaultSettings, shop: 'EU' };
    expect(seriesOf('store-1', inShop)).toBe(seriesOf('store-2', inShop));
    expect(seriesOf('store-1', defaultSettings)).not.toBe(seriesOf('store-2', defaultSettings));
  });
});

describe('a pending order', () => {
  const pending = seen(aSnapshot({ status: 'pending' }));

  test('has no units set aside, unless its store wants that', () => {
    expect(inStore({}, pending).told).toEqual([]);
    expect(inStore({ reservePending: true }, pending, reserved(1))).toMatchObject({
      order: { state: 'pending', stock: 'reserved' },
      told: ['reservation_requested'],
    });
    expect(inStore({ reservePending: true }, seen(aSnapshot({ status: 'pending', fulfilledBy: 'amazon' }))).told).toEqual([]);
    expect(inStore({ reservePending: true }, seen(aSnapshot({ status: 'pending', lines: [] }))).told).toEqual([]);
  });

  test('that has its units is processed as soon as Amazon lets it; one that lacks some is blocked', () => {
    const rules = { reservePending: true };
    expect(inStore(rules, pending, reserved(1), seen(aSnapshot(), 2)).told).toEqual([
      'reservation_requested',
      'created',
      'processing_started',
    ]);
    expect(inStore(rules, pending, short, seen(aSnapshot(), 2)).told).toEqual([
      'reservation_requested',
      'created',
      'blocked',
      'attention_raised',
    ]);
  });
});

describe('what waits outside', () => {
  const strict = { admission: 'strict' } as const;

  test('comes in when its store becomes less strict', () => {
    const { order, told } = inStore(strict, seen(aSnapshot()), short, { admission: 'always' }, reconsider);
    expect([order.state, told]).toEqual(['blocked', ['reservation_requested', 'created', 'blocked', 'attention_raised']]);
  });

  test('is let in by a person, and processed without its stock', () => {
    const { order, told } = inStore(strict, seen(aSnapshot()), short, { type: 'admit', ...ada });
    expect(order).toMatchObject({ state: 'processing', admitted: true, attention: ['stock-missing'] });
    expect(told).toEqual(['reservation_requested', 'created', 'processing_started', 'attention_raised']);
  });

  test('is asked for again by a person, and by itself', () => {
    const { told } = inStore(strict, seen(aSnapshot()), short, { type: 'retry', ...ada }, reconsider);
    expect(told).toEqual(['reservation_requested', 'reservation_requested', 'reservation_requested']);
  });
});

test('an order that waits for an unknown product waits for ours, once that is known', () => {
  const before = inStore({}, seen(aSnapshot({ lines: [aLine({ sku: 'MUG?' })] })), short).order;
  const sold = { ...before, lines: [aLine({ sku: 'AMZ-MUG' })] };
  const stores = { settingsOf: () => defaultSettings, skuOf: () => 'MUG-BLUE' };
  const decision = decide(sold, reconsider, about, { ...surroundings, stores });
  expect(decision).toMatchObject({
    state: { lines: [{ sku: 'MUG-BLUE', sellerSku: 'AMZ-MUG' }] },
    events: [{ data: { lines: [{ sku: 'MUG-BLUE', sellerSku: 'AMZ-MUG' }] } }],
  });
});
