import { describe, expect, test } from '@jest/globals';
import type { BlockReason } from '@orderbus/contracts';
import type { Facts } from './alert.ts';
import { wordsFor } from './words.ts';

const order = { number: '000000012', amazonOrderId: '114-1234567-1234567' };
const blocked = (...reasons: BlockReason[]): Facts => ({ kind: 'order-blocked', ...order, reasons });
const outOfStock: BlockReason = { sku: 'SKU-7', cause: 'out-of-stock', wanted: 2, available: 0 };

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
    expect(wordsFor({ kind: 'order-canceled', ...order, reason: 'NoInventory' }).text).toContain('Reason: NoInventory');
    expect(wordsFor({ kind: 'order-canceled', ...order }).text).not.toContain('Reason');
  });

  test('say what cannot be read, with or without a number', () => {
    const facts: Facts = { kind: 'order-unreadable', rawId: 'raw-1', problems: ['orderItems: expected array'] };
    expect(wordsFor(facts).title).toBe('An Amazon order cannot be read');
    expect(wordsFor({ ...facts, amazonOrderId: '114-1' }).title).toBe('Amazon order 114-1 cannot be read');
    expect(wordsFor(facts).text).toContain('- orderItems: expected array');
  });

  test('are one line in the title, whatever the facts hold', () => {
    const evil = 'SKU\r\nBcc: everybody@example.com\u2028\u0000x\u202ey';
    const { title, text } = wordsFor(blocked({ ...outOfStock, sku: evil }));
    expect(title).toMatch(/: SKU Bcc: everybody@example\.com x y is out of stock$/);
    expect(text.split('\n')).toHaveLength(3);
    expect(wordsFor(blocked({ ...outOfStock, sku: 'x'.repeat(5_000) })).title).toHaveLength(200);
  });
});
