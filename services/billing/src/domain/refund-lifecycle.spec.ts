import { describe, expect, test } from '@jest/globals';
import { countsAsBack, isIssued, type RefundFact, type RefundState, refundLifecycle } from './refund-lifecycle.ts';

const facts: readonly RefundFact[] = ['submit', 'accept', 'refuse', 'settle', 'doubt', 'retry'];
const done = 'already-done';
const no = 'not-allowed';

const table: Record<RefundState, readonly string[]> = {
  requested: ['submitted', 'accepted', 'refused', 'settled', 'requested', no],
  submitted: [done, 'accepted', 'refused', 'settled', 'submitted', no],
  accepted: [done, done, done, 'settled', done, no],
  refused: [done, 'accepted', done, 'settled', done, 'requested'],
  settled: [done, done, done, done, done, no],
};

describe('a refund', () => {
  test.each(Object.entries(table).flatMap(([state, row]) => row.map((then, n) => [state, facts[n], then] as const)))(
    '%s: %s',
    (state, fact, then) => {
      expect(refundLifecycle[state as RefundState][fact as RefundFact]).toBe(then);
    },
  );

  test('ends the same in whatever order Amazon is heard', () => {
    const orders = [
      ['submit', 'accept', 'settle'],
      ['accept', 'submit', 'settle'],
      ['settle', 'accept', 'submit'],
      ['settle', 'submit', 'accept'],
    ] as const;
    for (const heard of orders)
      expect(
        heard.reduce<RefundState>((state, fact) => {
          const next = refundLifecycle[state][fact];
          return next === 'already-done' ? state : next;
        }, 'requested'),
      ).toBe('settled');
  });

  test('counts as gone unless it was refused, and has its number once it is accepted', () => {
    const states = Object.keys(table) as RefundState[];
    expect(states.filter(countsAsBack)).toEqual(['requested', 'submitted', 'accepted', 'settled']);
    expect(states.filter(isIssued)).toEqual(['accepted', 'settled']);
  });
});
