import { describe, expect, test } from '@jest/globals';
import { about, ada, anOrder, aSnapshot, rowOf, seen, surroundings } from '../../test/builders.ts';
import { decide, mayTakeNumber } from './decide.ts';
import { gateOf } from './gates.ts';
import { states } from './lifecycle.ts';
import type { Order } from './order.ts';
import { defaultSettings } from './settings.ts';

const to = (source: 'own' | 'amazon') => ({ type: 'renumber', source, ...ada }) as const;
const amazons = '111-0000001-0000001';

/** Numbers as the series gives them, and the order of a store that numbers in this way. */
const counted = (numberSource: 'own' | 'amazon' = 'own', shop: string | null = null) => {
  let n = 6;
  const taken = { take: () => String(++n).padStart(9, '0') };
  const stores = { ...surroundings.stores, settingsOf: () => ({ ...defaultSettings, numberSource, shop }) };
  const around = { ...surroundings, numbers: taken, stores };
  const play = (order: Order | undefined, command: Parameters<typeof decide>[1]) => {
    const decision = decide(order, command, about, around);
    if ('refused' in decision) return decision;
    for (const { definition, data } of decision.events) definition.schema.parse(data);
    return { order: rowOf(decision.state, 2), events: decision.events.map(({ data }) => data) };
  };
  const first = play(undefined, seen(aSnapshot()));
  return { play, order: 'order' in first ? first.order : anOrder('new') };
};

describe('an order that gets another number', () => {
  test("gets Amazon's, and its own one back when it is wanted again", () => {
    const { play, order } = counted();
    expect(order.number).toBe('000000007');
    const away = play(order, to('amazon'));
    expect(away).toMatchObject({
      order: { number: amazons, formerNumber: '000000007', state: 'new' },
      events: [{ number: amazons, before: '000000007', source: 'amazon', actor: ada.actor }],
    });
    const back = play('order' in away ? away.order : undefined, to('own'));
    expect(back).toMatchObject({
      order: { number: '000000007', formerNumber: null },
      events: [{ number: '000000007', before: amazons, source: 'own' }],
    });
  });

  test("that came in under Amazon's gets the next one of the shop's series", () => {
    const { play, order } = counted('amazon', 'EU');
    expect(order.number).toBe(amazons);
    expect(play(order, to('own'))).toMatchObject({ order: { number: 'EU-000000007', formerNumber: null }, events: [{ before: amazons }] });
  });

  test('is told why not, when it bears such a number already', () => {
    const { play, order } = counted();
    expect(play(order, to('own'))).toEqual({ refused: 'not-allowed', detail: 'it bears a number of its own already' });
    const away = play(order, to('amazon'));
    expect(play('order' in away ? away.order : undefined, to('amazon'))).toEqual({
      refused: 'not-allowed',
      detail: "it bears Amazon's number already",
    });
  });

  test('may be anything that has a number, canceled or closed as well', () => {
    for (const state of states)
      expect([state, gateOf(anOrder(state), 'renumber')]).toEqual([
        state,
        state === 'pending' ? { allowed: false, code: 'no-order', why: 'it has not become an order' } : { allowed: true },
      ]);
    const dismissed = { ...anOrder('canceled'), number: null };
    expect(gateOf(dismissed, 'renumber')).toEqual({ allowed: false, code: 'no-order', why: 'it has not become an order' });
  });

  test('locks the series only for a number of its own', () => {
    expect([mayTakeNumber(to('own'), defaultSettings), mayTakeNumber(to('amazon'), defaultSettings)]).toEqual([true, false]);
  });
});
