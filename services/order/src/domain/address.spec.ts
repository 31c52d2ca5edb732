import { describe, expect, test } from '@jest/globals';
import type { AmazonOrder } from '@orderbus/contracts';
import { about, ada, aSnapshot, missing, rowOf, seen, surroundings } from '../../test/builders.ts';
import { hasBadAddress } from './address.ts';
import { blockersOf } from './blockers.ts';
import { decide } from './decide.ts';
import type { Command, Order } from './order.ts';
import { defaultSettings, type OrderSettings } from './settings.ts';

/** What becomes of an order whose address the vault finds to have these faults at the time of each command. */
const played = (
  admission: OrderSettings['admission'],
  ...steps: readonly (readonly [issues: readonly string[] | undefined, Command])[]
) => {
  let order: Order | undefined;
  const told: string[] = [];
  for (const [issues, command] of steps) {
    const decision = decide(order, command, about, {
      ...surroundings,
      stores: { ...surroundings.stores, settingsOf: () => ({ ...defaultSettings, admission }) },
      buyers: { addressIssuesOf: () => issues, accountOf: () => undefined },
    });
    if ('refused' in decision) {
      told.push(decision.refused);
      continue;
    }
    order = rowOf(decision.state, (order?.version ?? 0) + decision.events.length);
    told.push(...decision.events.map(({ definition }) => definition.type.replace('order.', '')));
  }
  return { order: order as Order, told };
};

const bad = ['state', 'postalCode'];
const shown = (version = 1, changes: Partial<AmazonOrder> = {}): Command => seen(aSnapshot(changes), version);
const reserved: Command = { type: 'stock-reserved', version: 1 };
const corrected: Command = { type: 'address-checked', issues: [] };

describe('an address that is not acceptable', () => {
  test('needs attention in a usual store, until it is corrected', () => {
    const { order, told } = played('always', [bad, shown()], [bad, reserved], [undefined, corrected]);
    expect(told).toEqual(['created', 'attention_raised', 'processing_started', 'attention_cleared']);
    expect(order).toMatchObject({ state: 'processing', attention: [], addressIssues: [] });
  });

  test('needs none any more when Amazon shows a better one, or when the parcel has left', () => {
    expect(played('always', [bad, shown()], [[], shown(2)]).told).toEqual(['created', 'attention_raised', 'attention_cleared']);
    expect(played('always', [bad, shown()], [bad, shown(2, { status: 'shipped' })]).told).toEqual([
      ...['created', 'attention_raised', 'updated', 'attention_cleared'],
    ]);
  });

  test('is found with a snapshot that says nothing else new', () => {
    expect(played('always', [[], shown(2)], [bad, shown(1)]).told).toEqual(['created', 'attention_raised']);
    expect(played('always', [bad, shown(2)], [bad, shown(1)]).told).toEqual(['created', 'attention_raised', 'already-done']);
  });

  test('keeps an order outside of a strict store, whose units are set aside meanwhile', () => {
    const { order, told } = played('strict', [bad, shown()], [bad, reserved]);
    expect(order).toMatchObject({ state: 'pending', number: null, stock: 'reserved' });
    expect(told).toEqual(['reservation_requested']);
    expect(blockersOf(order)).toEqual([
      { cause: 'address', words: 'please check the shipping address, it is not acceptable (state, postalCode): correct it' },
    ]);
  });

  test('lets it in there by itself as soon as it is corrected, or a better one is shown', () => {
    const letIn = ['reservation_requested', 'created', 'processing_started'];
    expect(played('strict', [bad, shown()], [bad, reserved], [undefined, corrected]).told).toEqual(letIn);
    expect(played('strict', [bad, shown()], [bad, reserved], [[], shown(2)]).told).toEqual(letIn);
    expect(played('strict', [bad, shown()], [undefined, corrected], [bad, reserved]).told).toEqual(letIn);
  });

  test('is let in there by a person, and still needs attention', () => {
    const { order, told } = played('strict', [bad, shown()], [bad, reserved], [undefined, { type: 'admit', ...ada }]);
    expect(order).toMatchObject({ state: 'processing', attention: ['address'] });
    expect(told).toEqual(['reservation_requested', 'created', 'processing_started', 'attention_raised']);
  });

  test('is on the work list beside the stock that is missing', () => {
    const { order } = played('strict', [bad, shown()], [bad, { type: 'stock-short', missing: [missing()], version: 1 }]);
    expect(blockersOf(order).map(({ cause }) => cause)).toEqual(['address', 'out-of-stock']);
  });

  test('asks for no units again that are set aside already', () => {
    const again: Command = { type: 'reconsider' };
    expect(played('strict', [bad, shown()], [bad, reserved], [bad, again], [bad, { type: 'retry', ...ada }]).told).toEqual([
      ...['reservation_requested', 'already-done', 'already-done'],
    ]);
  });

  test('says nothing of what Amazon ships, nor of what was shipped already', () => {
    const byAmazon = played('strict', [bad, shown(1, { fulfilledBy: 'amazon', status: 'shipped' })]);
    expect([byAmazon.order.state, byAmazon.told]).toEqual(['complete', ['created', 'updated']]);
    const gone = played('strict', [bad, shown(1, { status: 'shipped' })], [bad, reserved]);
    expect([gone.order.state, gone.order.attention]).toEqual(['complete', []]);
  });

  test("is nobody's business but Amazon's where Amazon ships, whatever becomes of that order", () => {
    expect(hasBadAddress({ fulfilledBy: 'amazon', addressIssues: bad })).toBe(false);
    expect(hasBadAddress({ fulfilledBy: 'merchant', addressIssues: bad })).toBe(true);
  });

  test('is not the one that Amazon withholds', () => {
    expect(played('strict', [undefined, shown()], [undefined, reserved]).order).toMatchObject({ state: 'processing', attention: [] });
  });
});
