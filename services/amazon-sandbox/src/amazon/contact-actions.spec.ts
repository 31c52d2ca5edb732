import { describe, expect, test } from '@jest/globals';
import type { WorldOrder } from '../world/order.ts';
import { allowedMessages, localeOf, messages, refusalOfSolicitation, solicitationOperation } from './contact-actions.ts';

const dayMs = 86_400_000;
const from = Date.parse('2026-10-10T00:00:00Z');
const to = from + 2 * dayMs;

const order = (changes: Partial<WorldOrder> = {}): WorldOrder =>
  ({
    ...{ orderId: '111-0000001-0000001', sellerId: 'S', marketplaceId: 'A1PA6795UKMFR9', status: 'UNSHIPPED', fulfilledBy: 'MERCHANT' },
    ...{ deliverBy: { from, to }, lines: [], packages: [] },
    ...changes,
  }) as unknown as WorldOrder;

const always = ['legalDisclosure', 'invoice'];
const shippedBySeller = ['confirmDeliveryDetails', 'unexpectedProblem', ...always];

describe('what may be said to a buyer', () => {
  test.each<[string, Partial<WorldOrder>, number, string[]]>([
    ['before the payment is checked', { status: 'PENDING' }, from, []],
    ['before it is shipped', {}, from, ['confirmOrderDetails', ...shippedBySeller]],
    [
      'about a design',
      { contact: { nature: 'customized' } },
      from,
      ['confirmCustomizationDetails', 'confirmOrderDetails', ...shippedBySeller],
    ],
    ['about a service', { contact: { nature: 'service' } }, from, ['confirmOrderDetails', 'confirmServiceDetails', ...shippedBySeller]],
    ['about something digital', { contact: { nature: 'digital' } }, from, ['confirmOrderDetails', 'digitalAccessKey', ...shippedBySeller]],
    ['on its way', { status: 'SHIPPED' }, from, [...shippedBySeller, 'warranty']],
    ['when it has to be there', { status: 'SHIPPED' }, to + 1, ['unexpectedProblem', 'legalDisclosure', 'warranty', 'invoice']],
    ['thirty days later', { status: 'SHIPPED' }, to + 30 * dayMs, ['unexpectedProblem', 'legalDisclosure', 'warranty', 'invoice']],
    ['after that', { status: 'SHIPPED' }, to + 30 * dayMs + 1, []],
    ['that Amazon ships', { status: 'SHIPPED', fulfilledBy: 'AMAZON' }, from, ['legalDisclosure', 'warranty', 'invoice']],
    ['to somebody who does not want to hear', { status: 'SHIPPED', contact: { optedOut: true } }, from, shippedBySeller],
    ['that is canceled', { status: 'CANCELLED' }, from, []],
    ['that was sold elsewhere', { status: 'SHIPPED', channel: 'NON_AMAZON' }, from, []],
  ])('about an order %s', (_when, changes, now, expected) => {
    expect(allowedMessages(order(changes), [], now).toSorted()).toEqual(expected.toSorted());
  });

  test('is one thing in the seller’s own words; documents go beside it', () => {
    for (const operation of [messages.unexpectedProblem.operation, solicitationOperation])
      expect(allowedMessages(order(), [operation], from).toSorted()).toEqual(always.toSorted());
    expect(allowedMessages(order(), [messages.invoice.operation], from)).toContain('unexpectedProblem');
  });
});

describe('a review may be asked for', () => {
  const shipped = order({ status: 'SHIPPED' });
  test.each<[string, WorldOrder, string[], number, string | undefined]>([
    ['not before the fifth day', shipped, [], from + 5 * dayMs - 1, 'outside-window'],
    ['from the fifth day on', shipped, [], from + 5 * dayMs, undefined],
    ['until the thirtieth', shipped, [], to + 30 * dayMs, undefined],
    ['not after it', shipped, [], to + 30 * dayMs + 1, 'outside-window'],
    ['for what Amazon ships, too', order({ status: 'SHIPPED', fulfilledBy: 'AMAZON' }), [], to + 6 * dayMs, undefined],
    ['not before it is shipped', order(), [], to + 6 * dayMs, 'unavailable'],
    ['once', shipped, [solicitationOperation], to + 6 * dayMs, 'unavailable'],
    ['not beside a message', shipped, [messages.unexpectedProblem.operation], to + 6 * dayMs, 'unavailable'],
    ['beside a document', shipped, [messages.invoice.operation], to + 6 * dayMs, undefined],
    ['not of who has opted out', order({ status: 'SHIPPED', contact: { optedOut: true } }), [], to + 6 * dayMs, 'unavailable'],
  ])('%s', (_when, about, sent, now, expected) => {
    expect(refusalOfSolicitation(about, sent, now)).toBe(expected);
  });
});

test('most buyers read the language of their marketplace, some another one, and each always the same', () => {
  const locales = Array.from({ length: 240 }, (_, n) => localeOf(order({ orderId: `302-0000001-${String(n).padStart(7, '0')}` })));
  const german = locales.filter((locale) => locale === 'de-DE').length;
  expect(german).toBeGreaterThan(190);
  expect(german).toBeLessThan(240);
  expect(localeOf(order())).toBe(localeOf(order()));
  expect(localeOf(order({ contact: { locale: 'pl-PL' } }))).toBe('pl-PL');
});
