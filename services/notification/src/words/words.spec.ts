import { describe, expect, test } from '@jest/globals';
import type { BlockReason } from '@orderbus/contracts';
import type { Facts } from '../domain/facts.ts';
import { plainVoice } from '../domain/language.ts';
import { loadTemplates } from './templates.ts';

const templates = loadTemplates();
const wordsFor = (facts: Facts) => {
  const { title, text } = templates.alert(facts, plainVoice);
  return { title, text };
};

const order = { number: '000000012', amazonOrderId: '114-1234567-1234567' };
const blocked = (...reasons: BlockReason[]): Facts => ({ kind: 'order-blocked', ...order, reasons });
const outOfStock: BlockReason = { sku: 'SKU-7', cause: 'out-of-stock', wanted: 2, available: 0 };

const refusal = { code: 'amazon.invalid-input', words: 'Amazon says: OrderItemId is invalid.', requestId: 'request-1' };
const rejected = { amazonOrderId: order.amazonOrderId, commandId: 'command-1', refusal };

describe('the words of an alert', () => {
  test('say which order is blocked, and by what', () => {
    expect(wordsFor(blocked(outOfStock))).toEqual({
      title: 'Order 000000012 (114-1234567-1234567) is blocked: SKU-7 is out of stock',
      text: [
        'Order 000000012 (114-1234567-1234567) waits, because something is missing:',
        '- SKU-7: 2 wanted, 0 available',
        'It goes on by itself as soon as everything is there.',
      ].join('\n'),
    });
  });

  test.each<[string, Partial<BlockReason>]>([
    ['SKU-7 is out of stock', {}],
    ['there is not enough of SKU-7', { available: 1 }],
    ['SKU-7 is not in the catalogue', { cause: 'unknown-sku' }],
    ['SKU-7 is disabled', { cause: 'disabled' }],
  ])('name the cause: %s', (words, reason) => {
    expect(wordsFor(blocked({ ...outOfStock, ...reason })).title).toMatch(new RegExp(`: ${words}$`));
  });

  test('name one cause in the title and count the others', () => {
    const { title, text } = wordsFor(blocked(outOfStock, { ...outOfStock, sku: 'SKU-8' }, { ...outOfStock, sku: 'SKU-9' }));
    expect(title).toMatch(/SKU-7 is out of stock and 2 more$/);
    expect(text).toContain('- SKU-9: 2 wanted, 0 available');
  });

  test('say what a new order is worth, in the decimals of its currency', () => {
    const order12 = { kind: 'order-new', ...order } as const;
    expect(wordsFor({ ...order12, units: 1, total: { minor: 1999, currency: 'USD' } }).title).toMatch(/: 1 unit, 19\.99 USD$/);
    expect(wordsFor({ ...order12, units: 2, total: { minor: 1500, currency: 'JPY' } }).title).toMatch(/: 2 units, 1500 JPY$/);
    expect(wordsFor({ ...order12, units: 2, country: 'DE' }).text).toContain('from Amazon DE: 2 units.');
  });

  test('say why an order was canceled, if somebody said so', () => {
    expect(wordsFor({ kind: 'order-canceled', ...order, reason: 'no-inventory' }).text).toContain('Reason: no inventory');
    const inGerman = templates.alert({ kind: 'order-canceled', ...order, reason: 'buyer-canceled' }, { ...plainVoice, language: 'de' });
    expect(inGerman.text).toContain('Grund: vom Käufer storniert');
    expect(wordsFor({ kind: 'order-canceled', ...order }).text).not.toContain('Reason');
  });

  test('say what to answer to a buyer who wants to cancel', () => {
    expect(wordsFor({ kind: 'cancel-requested', ...order })).toEqual({
      title: 'Order 000000012 (114-1234567-1234567): the buyer wants to cancel it',
      text: [
        'The buyer of order 000000012 (114-1234567-1234567) wants to cancel it. It is on hold.',
        'Accept: Amazon is asked to cancel it. Decline: it goes on as before.',
      ].join('\n'),
    });
  });

  test('say that an address has to be corrected, and nothing of the address', () => {
    expect(wordsFor({ kind: 'address-unacceptable', ...order })).toEqual({
      title: 'Order 000000012 (114-1234567-1234567): no parcel can be sent to its address',
      text: [
        'The address of order 000000012 (114-1234567-1234567) lacks something, or something in it is wrong.',
        'Do not send it there: correct the address at the order first. This settles itself when the address is good.',
      ].join('\n'),
    });
  });

  const deadline = { ...order, shipBy: '2026-05-04T21:59:59Z' };

  test('say by when an order has to ship', () => {
    expect(wordsFor({ kind: 'ship-by-at-risk', ...deadline, obstacles: [] })).toEqual({
      title: 'Order 000000012 (114-1234567-1234567) has to ship by 2026-05-04 21:59 UTC',
      text: [
        'Order 000000012 (114-1234567-1234567) has to ship by 2026-05-04 21:59 UTC, and something of it is left.',
        'Pack it, hand it over and enter the parcel before then: Amazon counts orders that ship late.',
      ].join('\n'),
    });
  });

  test('say that an order is late, and what to do if it has left', () => {
    const { title, text } = wordsFor({ kind: 'ship-by-missed', ...deadline, obstacles: [] });
    expect(title).toBe('Order 000000012 (114-1234567-1234567) is late: it had to ship by 2026-05-04 21:59 UTC');
    expect(text).toContain('\nShip it now. If it has left already, enter the parcel: Amazon does not know of it.');
  });

  test.each([
    ['stock', 'it waits for stock'],
    ['hold', 'it is on hold'],
    ['buyer-cancel-request', 'the buyer wants to cancel it'],
    ['cancellation', 'a cancellation is under way'],
    ['amazon-refused', 'Amazon has refused a parcel'],
  ] as const)('say what keeps a late order from being shipped: %s', (obstacle, words) => {
    for (const kind of ['ship-by-at-risk', 'ship-by-missed'] as const) {
      const { title, text } = wordsFor({ kind, ...deadline, obstacles: [obstacle, 'hold'] });
      expect(title).toMatch(new RegExp(`UTC, and ${words}$`));
      expect(text).toContain(`\n- ${words}\n- it is on hold\nSee to that`);
    }
  });

  test('say what cannot be read, with or without a number', () => {
    const facts: Facts = { kind: 'order-unreadable', rawId: 'raw-1', problems: ['orderItems: expected array'] };
    expect(wordsFor(facts).title).toBe('An Amazon order cannot be read');
    expect(wordsFor({ ...facts, amazonOrderId: '114-1' }).title).toBe('Amazon order 114-1 cannot be read');
    expect(wordsFor(facts).text).toContain('- orderItems: expected array');
  });

  test.each<[Facts, string, string]>([
    [{ ...rejected, kind: 'shipment-rejected', shipmentId: 's', revision: 1 }, 'a shipment was rejected', 'has not been shipped'],
    [
      { ...rejected, kind: 'shipment-rejected', shipmentId: 's', revision: 2 },
      'a corrected shipment was rejected',
      'still has what it was told before',
    ],
    [{ ...rejected, kind: 'pickup-rejected', status: 'ready' }, '"ready to be fetched" was rejected', 'nothing has changed'],
    [{ ...rejected, kind: 'cancellation-rejected', cancellationId: 'c' }, 'a cancellation was rejected', 'ship it, or cancel it'],
    [{ ...rejected, kind: 'invoice-rejected', documentId: 'd', attempt: 1 }, 'an invoice was rejected', 'hand the document in again'],
    [{ ...rejected, kind: 'refund-rejected', refundId: 'r' }, 'a refund was rejected', 'No money has gone back'],
  ])('say what Amazon refused, in its words, and what to do about it: %j', (facts, title, remedy) => {
    const words = wordsFor(facts);
    expect(words.title).toBe(`Amazon order 114-1234567-1234567: ${title}`);
    expect(words.text).toContain("- Amazon says: OrderItemId is invalid. (amazon.invalid-input, Amazon's request request-1)");
    expect(words.text).toContain(remedy);
    expect(words.text).toContain('command-1');
  });

  test('send to Seller Central when nobody knows what became of a refund', () => {
    const { amazonOrderId, commandId } = rejected;
    const facts = { amazonOrderId, commandId, write: 'refund', since: '2026-03-01T10:00:00Z', words: 'Amazon did not answer.' } as const;
    const { title, text } = wordsFor({ kind: 'write-uncertain', ...facts });
    expect(title).toBe('Amazon order 114-1234567-1234567: a refund has no certain outcome');
    expect(text).toContain('a refund, asked for at 2026-03-01 10:00 UTC, has');
    expect(text).toContain('- Amazon did not answer.\nLook into Seller Central');
  });

  test('say whether a store needs somebody, or comes back by itself', () => {
    const stalled = { kind: 'sync-stalled', storeId: 'main', storeName: 'Harbor & Pine', refusal } as const;
    const denied = wordsFor({ ...stalled, since: '2026-03-01T10:00:00Z', needsPerson: true });
    expect(denied.title).toBe('Store Harbor & Pine is no longer kept in step with Amazon');
    expect(denied.text).toContain('since 2026-03-01 10:00 UTC:');
    expect(denied.text).toContain("mend the store's authorization");
    expect(wordsFor({ ...stalled, needsPerson: false }).text).toContain('It is tried again by itself');
  });

  test('name the orders of a gap, and count those that are not named', () => {
    const window = { sweepId: 's', from: '2026-02-26T03:00:00Z', until: '2026-03-01T03:00:00Z', seen: 812 };
    const gap = { kind: 'gap-found', storeId: 'main', storeName: 'Harbor & Pine', ...window, amazonOrderIds: ['114-1', '114-2'] } as const;
    const { title, text } = wordsFor({ ...gap, missing: 7 });
    expect(title).toBe('Store Harbor & Pine: 7 missing orders found and imported');
    expect(text).toContain('Of 812 orders created at Amazon from 2026-02-26 03:00 UTC to 2026-03-01 03:00 UTC, 7 had been missing');
    expect(text).toMatch(/- 114-1\n- 114-2\n- and 5 more\n/);
    expect(wordsFor({ ...gap, missing: 2 }).text).not.toContain('more');
  });

  test('say why nothing is sent to Amazon, and for which store', () => {
    const all = wordsFor({ kind: 'read-only', reason: 'copied-database' });
    expect(all.title).toBe('Nothing is sent to Amazon: read-only mode is on');
    expect(all.text).toContain("the database looks like a copy of another installation's");
    expect(wordsFor({ kind: 'read-only', reason: 'person', storeId: 'main' }).title).toContain('to Amazon for store main:');
  });

  test('say which feed is stuck, and how much waits in it', () => {
    const feed = { feedId: '50001', feedType: 'POST_PAYMENT_ADJUSTMENT_DATA', submittedAt: '2026-03-01T10:00:00Z', commands: 1 };
    expect(wordsFor({ kind: 'feed-stuck', ...feed }).title).toBe('Amazon does not finish feed 50001: 1 request without an answer');
  });

  test('say until when a secret opens the store, or that its time is up', () => {
    const secret = { kind: 'secret-expiring', storeId: 'main', storeName: 'Harbor & Pine', expiresAt: '2026-03-31T10:00:00Z' } as const;
    const soon = wordsFor({ ...secret, secret: 'client-secret', daysBefore: 7 });
    expect(soon.title).toBe('Store Harbor & Pine: its LWA client secret is to be renewed by 2026-03-31 10:00 UTC');
    expect(soon.text).toContain('Make a new one for the application in Seller Central');
    const over = wordsFor({ ...secret, secret: 'authorization', daysBefore: 0 });
    expect(over.title).toBe("Store Harbor & Pine: its seller's authorization was to be renewed by 2026-03-31 10:00 UTC");
  });

  test('say how much is left of a product, and when that counts as low', () => {
    const mug = { kind: 'stock-low', sku: 'MUG-BLUE', title: 'Blue mug', lowAt: 5 } as const;
    const { title, text } = wordsFor({ ...mug, available: 3 });
    expect(title).toBe('MUG-BLUE is running low: 3 units left');
    expect(text).toContain('Blue mug (MUG-BLUE): 3 units left for new orders at all enabled locations. It counts as low at 5 or fewer.');
    expect(wordsFor({ ...mug, available: 0 }).title).toBe('MUG-BLUE is sold out');
  });

  test('count the messages that wait, and name some of them', () => {
    const letters = {
      kind: 'dead-letter',
      service: 'billing',
      topic: 'order.created.v1',
      reason: 'error',
      since: '2026-03-01T10:00:00Z',
    } as const;
    const many = wordsFor({ ...letters, errorClass: 'TypeError', open: 10_000, letterIds: ['41', '42'], orderIds: ['order-1'] });
    expect(many.title).toBe('billing could not process 10000 messages: order.created.v1, an unexpected error');
    expect(many.text).toContain('(order.created.v1: an unexpected error, TypeError). The oldest waits since 2026-03-01 10:00 UTC.');
    expect(many.text).toContain('Its dead letters 41, 42 and 9998 more.');
    expect(many.text).toContain('They are about orders order-1.');
    const one = wordsFor({ ...letters, open: 1, letterIds: ['41'], orderIds: [] });
    expect(one.text).not.toMatch(/more|orders/);
    const inGerman = templates.alert({ ...letters, open: 1, letterIds: ['41'], orderIds: [] }, { ...plainVoice, language: 'de' });
    expect(inGerman.title).toBe('billing konnte 1 Nachricht nicht verarbeiten: order.created.v1, ein unerwarteter Fehler');
    // A reason of a service that has words for it in its own place alone.
    expect(wordsFor({ ...letters, reason: 'stock.unknown-sku', open: 1, letterIds: ['41'], orderIds: [] }).title).toMatch(
      /, stock\.unknown-sku$/,
    );
  });

  test('say which system does not answer whom', () => {
    const circuit = { service: 'amazon-gateway', system: 'amazon.main', circuits: ['spapi.main.reads'], since: '2026-03-01T10:00:00Z' };
    const { title, text } = wordsFor({ kind: 'circuit-open', ...circuit });
    expect(title).toBe('amazon-gateway gets no good answer from amazon.main');
    expect(text).toContain('failing since 2026-03-01 10:00 UTC, and are held back for now (spapi.main.reads).');
  });

  test('are one line in the title, whatever the facts hold', () => {
    const evil = 'SKU\r\nBcc: everybody@example.com\u2028\u0000x\u202ey';
    const { title, text } = wordsFor(blocked({ ...outOfStock, sku: evil }));
    expect(title).toMatch(/: SKU Bcc: everybody@example\.com x y is out of stock$/);
    expect(text.split('\n')).toHaveLength(3);
    const hostile = wordsFor({ ...rejected, refusal: { code: evil, words: evil }, kind: 'refund-rejected', refundId: 'r' });
    expect(hostile.text.split('\n')).toHaveLength(4);
    expect(wordsFor(blocked({ ...outOfStock, sku: 'x'.repeat(5_000) })).title).toHaveLength(200);
  });
});
