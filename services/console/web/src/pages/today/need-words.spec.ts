import { describe, expect, test } from '@jest/globals';
import words from '../../words/needs.en.ts';
import type { Need, NeedKind } from './answers.ts';
import { needKinds } from './need-kinds.ts';
import { sayingOf, type Writing } from './need-words.ts';
import { otherRemedyOf, remedyOf } from './remedy.ts';

const orderId = '0b36df1e-6a6e-4a55-a3ad-bc2a2e4c1f01';
const need = (kind: NeedKind, facts: Need['facts'] = {}): Need => ({
  ...{ id: `${kind}:1`, kind, subject: '1', tenant: 'main', orderId, number: '100000001', amazonOrderId: '113-1' },
  ...{ since: '2026-05-04T10:00:00.000Z', facts },
});
const writing: Writing = {
  money: (minor, currency) => `${minor / 100} ${currency}`,
  moment: (at) => at,
  day: (at) => at.slice(0, 10),
  more: (count) => ` and ${count} more`,
  because: (cause) => words.because[cause],
  write: (kind) => words.write[kind],
  said: (facts) => String(facts.words),
  letter: (reason) => reason,
  store: (id) => `store ${id}`,
};
const said = (kind: NeedKind, facts?: Need['facts']) => sayingOf(need(kind, facts), writing);

describe('what needs a person', () => {
  test.each(needKinds)('is said in a sentence that there is, with every value that it takes, and has a button: %s', (kind) => {
    const { key, values } = said(kind);
    const sentences = Object.entries(words.says).filter(([name]) => name.replace(/_(one|other)$/, '') === key);
    expect(sentences.length).toBeGreaterThan(0);
    for (const [, sentence] of sentences) for (const [, name = ''] of sentence.matchAll(/{{(\w+)}}/g)) expect(values).toHaveProperty(name);
    expect(words.fix).toHaveProperty(remedyOf(need(kind)).label);
  });

  test('names the article that is missing, and how many more', () => {
    const reasons = [
      { sku: 'MUG', cause: 'out-of-stock', wanted: 3, available: 1 },
      { sku: 'CUP', cause: 'disabled', wanted: 1, available: 0 },
    ];
    expect(said('order-blocked', { reasons })).toEqual({
      key: 'blocked-out-of-stock',
      values: { sku: 'MUG', wanted: 3, available: 1, more: ' and 1 more' },
    });
  });

  test('leads to where it is mended', () => {
    expect(remedyOf(need('buyer-cancel-request'))).toMatchObject({ to: `/orders/${orderId}`, search: { do: 'accept-cancel' } });
    expect(otherRemedyOf(need('buyer-cancel-request'))).toMatchObject({ search: { do: 'decline-cancel' } });
    expect(remedyOf(need('shipment-refused'))).toMatchObject({ search: { do: 'edit-parcel', about: '1' } });
    expect(remedyOf(need('order-blocked', { reasons: [{ sku: 'MUG', cause: 'out-of-stock' }] }))).toMatchObject({
      search: { product: 'MUG' },
    });
  });

  test('is shipped only where nothing is in its way', () => {
    expect(remedyOf(need('ship-by-missed', { obstacles: [] })).label).toBe('ship');
    expect(remedyOf(need('ship-by-missed', { obstacles: ['stock'] })).label).toBe('look');
  });

  test('asks before anything is sent to Amazon again', () => {
    expect(remedyOf(need('read-only', { reason: 'person' }))).toEqual({ label: 'write-again', needs: 'administer', asksFirst: true });
    expect(remedyOf(need('read-only', { reason: 'copied-database' })).label).toBe('confirm-copy');
  });
});
