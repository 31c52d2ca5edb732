import { describe, expect, test } from '@jest/globals';
import type { ContactKind } from '@orderbus/contracts';
import { contactKinds, isProactive } from './kinds.ts';
import { type ContactOrder, type Offer, objectionTo, type Said, windowOf } from './permission.ts';

const from = '2026-03-10T08:00:00.000Z';
const to = '2026-03-12T23:59:59.000Z';
const order = (changes: Partial<ContactOrder> = {}): ContactOrder => ({
  orderId: '5b6c1f0e-52a5-5d0c-9a55-3f1c8f2f7a10',
  tenant: 'na',
  amazonOrderId: '111-0000001-0000001',
  marketplaceId: 'ATVPDKIKX0DER',
  status: 'shipped',
  fulfilledBy: 'merchant',
  programs: [],
  deliverBy: { from, to },
  buyerForgotten: false,
  said: [],
  ...changes,
});
const said = (contact: ContactKind, state: Said['state'], id = 'other'): Said => ({ id, contact, state });
const inTime = '2026-03-20T12:00:00.000Z';
const codeOf = (contact: ContactKind, about: ContactOrder, { offer = contactKinds as Offer, at = inTime, except = 'mine' } = {}) =>
  objectionTo(contact, about, offer, { now: new Date(at), except })?.code;

describe('what may be said to a buyer', () => {
  test.each<[string, ContactKind, string | undefined]>([
    ['2026-03-15T07:59:59.999Z', 'request-review', 'contact.too-early'],
    ['2026-03-15T08:00:00.000Z', 'request-review', undefined],
    ['2026-04-11T23:59:59.000Z', 'request-review', undefined],
    ['2026-04-11T23:59:59.001Z', 'request-review', 'contact.too-late'],
    ['2026-03-01T00:00:00.000Z', 'confirm-order-details', undefined],
    ['2026-04-11T23:59:59.001Z', 'unexpected-problem', 'contact.too-late'],
    ['2026-06-01T00:00:00.000Z', 'legal-disclosure', undefined],
    ['2026-06-01T00:00:00.000Z', 'invoice', undefined],
  ])('at %s, %s: %s', (at, contact, code) => {
    expect(codeOf(contact, order(), { at })).toBe(code);
  });

  test('is up to Amazon where the days of delivery are not known', () => {
    expect(codeOf('request-review', order({ deliverBy: null }), { at: '2020-01-01T00:00:00.000Z' })).toBeUndefined();
    expect(windowOf('request-review', { from })).toEqual({ opensAt: '2026-03-15T08:00:00.000Z' });
  });

  test('is what Amazon offers at this moment, and nothing else', () => {
    for (const contact of contactKinds) {
      expect(codeOf(contact, order(), { offer: contactKinds.filter((other) => other !== contact) })).toBe('contact.not-offered');
      expect(codeOf(contact, order(), { offer: [contact] })).toBeUndefined();
      expect(codeOf(contact, order(), { offer: { code: 'amazon.access-denied', words: 'No role.' } })).toBe('amazon.access-denied');
    }
  });

  test.each<[Partial<ContactOrder>, string]>([
    [{ status: 'canceled' }, 'order.canceled'],
    [{ programs: ['non-amazon'] }, 'order.not-sold-on-amazon'],
    [{ buyerForgotten: true }, 'contact.buyer-forgotten'],
  ])('is nothing about an order with %j', (changes, code) => {
    for (const contact of contactKinds) expect(codeOf(contact, order(changes))).toBe(code);
  });

  test.each(['pending', 'sending', 'unknown', 'done', 'failed'] as const)(
    'is one message or request for each order: after one that is %s',
    (state) => {
      for (const earlier of contactKinds)
        for (const contact of contactKinds) {
          const isSecond = isProactive(earlier) && isProactive(contact) && state !== 'failed';
          expect(codeOf(contact, order({ said: [said(earlier, state)] }))).toBe(isSecond ? 'contact.once-per-order' : undefined);
          expect(codeOf(contact, order({ said: [said(earlier, state, 'mine')] }))).toBeUndefined();
        }
    },
  );
});
