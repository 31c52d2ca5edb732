import { describe, expect, test } from '@jest/globals';
import { aCommand, aPicture, orderId } from '../../test/a-command.ts';
import { type Attempt, askedAlready, laterAttempt } from './attempts.ts';
import type { Command } from './command.ts';
import { commandIdOf } from './decide-command.ts';
import { kinds } from './kinds.ts';
import { commandStates } from './lifecycle.ts';

const attempts = (...states: readonly Attempt['state'][]): Attempt[] => states.map((state, n) => ({ attempt: n + 1, state }));

describe('what is asked for once more', () => {
  test.each(commandStates)('after an attempt that is %s', (state) => {
    const why = askedAlready(2, attempts(state));
    expect(why).toEqual(state === 'failed' ? undefined : expect.stringContaining(`attempt 1 is ${state}`));
  });

  test('after a later attempt is too late, whatever became of that', () => {
    expect(askedAlready(1, [{ attempt: 2, state: 'failed' }])).toContain('attempt 2');
    expect(laterAttempt(1, attempts('failed', 'failed', 'done'))).toContain('attempt 3');
    expect(laterAttempt(3, attempts('failed', 'failed', 'failed'))).toBeUndefined();
  });
});

describe('a refund', () => {
  const data = { orderId, refundId: '0198c2a4-7000-7000-8000-0000000000d1', reason: 'other', currency: 'USD', lines: [] } as const;
  const idOf = (attempt?: number) => commandIdOf('na', { kind: 'refund', data: { ...data, lines: [], ...(attempt && { attempt }) } });
  const earlier = (state: Command['state'], attempt = 1): Command =>
    aCommand({ kind: 'refund', state, request: { kind: 'refund', ...data, lines: [], attempt } });

  test('has the key that it always had at its first attempt, and another at each later one', () => {
    expect(kinds.refund.naturalKey(data)).toBe(data.refundId);
    expect(idOf(1)).toBe(idOf());
    expect(new Set([idOf(), idOf(2), idOf(3)]).size).toBe(3);
  });

  test('that is asked for again while an attempt may succeed is no command: the answer to that one answers both', () => {
    for (const state of ['pending', 'sending', 'unknown', 'done'] as const)
      expect(kinds.refund.check({ ...data, attempt: 2 }, aPicture({ earlier: [earlier(state)] }))).toMatchObject({ verdict: 'nothing' });
  });
});

describe('an invoice', () => {
  const numbers = { number: 'R-1', currency: 'EUR', totalMinor: 2_000, taxMinor: 320 };
  const data = { orderId, documentId: '0198c2a4-7000-7000-8000-0000000000e1', documentType: 'invoice', attempt: 1, ...numbers } as const;
  const germany = aPicture({ marketplaceId: 'A1PA6795UKMFR9' });
  const inEuro = { ...germany, facts: germany.facts && { ...germany.facts, currency: 'EUR' } };
  const codeOf = (changes: object, picture = inEuro) => {
    const verdict = kinds.invoice.check({ ...data, ...changes }, picture);
    if (verdict.verdict === 'refused') return verdict.refusal.code;
    return verdict.verdict === 'send' ? (verdict.obstacle?.code ?? 'send') : verdict.verdict;
  };
  const withPrograms = (...programs: string[]) => ({ ...inEuro, facts: inEuro.facts && { ...inEuro.facts, programs } });

  test('goes to the marketplaces that take them, in the currency of the order', () => {
    expect(codeOf({})).toBe('send');
    expect(codeOf({ currency: 'GBP' })).toBe('invoice.other-currency');
    expect(codeOf({}, { ...inEuro, marketplaceId: 'ATVPDKIKX0DER' })).toBe('invoice.not-served');
    expect(codeOf({}, withPrograms('invoice-by-amazon'))).toBe('invoice.by-amazon');
    expect(codeOf({}, withPrograms('non-amazon'))).toBe('order.not-sold-on-amazon');
    expect(codeOf({}, { ...inEuro, facts: null })).toBe('order.content-unknown');
    expect(codeOf({ taxMinor: 2_001 })).toBe('invoice.wrong-amount');
  });

  test('that is asked for again while an attempt may succeed is refused: each attempt has its answer', () => {
    const earlier = [aCommand({ kind: 'invoice', state: 'done', request: { kind: 'invoice', ...data } })];
    expect(codeOf({ attempt: 2 }, { ...inEuro, earlier })).toBe('invoice.asked-already');
  });
});
