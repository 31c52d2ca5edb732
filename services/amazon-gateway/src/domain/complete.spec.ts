import { describe, expect, test } from '@jest/globals';
import { complete } from './complete.ts';
import { type Dataset, datasets } from './datasets.ts';
import type { Snapshot } from './translate.ts';

const line = { sku: 'SKU-1', title: 'A sample', quantity: 2 };
const known: Snapshot = {
  orderId: '9b1deb4d-3b7d-5bad-9bdd-2b0d7b3dcb6d',
  amazonOrderId: '111-0000001-0000001',
  marketplaceId: 'ATVPDKIKX0DER',
  status: 'unshipped',
  fulfilledBy: 'merchant',
  purchasedAt: '2026-03-01T10:00:00.000Z',
  updatedAt: '2026-03-01T12:00:00.000Z',
  shipBy: { to: '2026-03-04T08:00:00.000Z' },
  programs: ['prime'],
  cancelRequested: { reason: 'wrong-address' },
  totals: { currency: 'USD', grandTotalMinor: 2967, tipMinor: 0 },
  lines: [{ ...line, lineId: '1', quantityShipped: 1, taxCollectedBy: 'marketplace', promotionIds: ['P-1'] }],
  packages: [{ reference: '1', lines: [{ lineId: '1', quantity: 1 }] }],
  balanced: true,
  shipToCountry: 'US',
};
/** As an order looks of which nothing but what is always there is shown. */
const bare: Snapshot = {
  ...{ orderId: known.orderId, amazonOrderId: known.amazonOrderId, marketplaceId: known.marketplaceId },
  ...{ status: 'unknown', fulfilledBy: 'amazon', purchasedAt: known.purchasedAt, updatedAt: '2026-03-01T13:00:00.000Z' },
  ...{ programs: ['prime'], balanced: true },
  lines: [{ ...line, lineId: '1', quantityShipped: 0, taxCollectedBy: 'seller' }],
};

describe('an order of which Amazon refuses to show datasets', () => {
  test('is what it was in all of them, and what it is in the rest', () => {
    expect(complete(bare, known, datasets)).toEqual({ ...known, updatedAt: bare.updatedAt });
  });

  test('has nothing from before in datasets that Amazon shows', () => {
    const shown = complete(bare, known, ['PACKAGES']);
    expect(shown).toEqual({ ...bare, packages: known.packages });
  });

  test('has nothing in a dataset that was empty before', () => {
    const { packages: _, ...without } = known;
    expect(complete({ ...known, packages: [] }, without, ['PACKAGES'])).not.toHaveProperty('packages');
  });

  test('is still paid on delivery when what tells so is not shown, and no longer when it is', () => {
    const paidOnDelivery = { ...known, lines: known.lines.map((one) => ({ ...one, programs: ['cash-on-delivery', 'transparency'] })) };
    const seen = { ...bare, lines: bare.lines.map((one) => ({ ...one, programs: ['transparency'] })) };
    const programsWithout = (dataset: Dataset) => complete(seen, paidOnDelivery, [dataset]).lines[0]?.programs;
    expect(programsWithout('PROCEEDS')).toEqual(['cash-on-delivery', 'transparency']);
    expect(programsWithout('FULFILLMENT')).toEqual(['cash-on-delivery', 'transparency']);
    expect(programsWithout('TAX')).toEqual(['transparency']);
  });

  test('keeps a line that is new as it is shown', () => {
    const added = { ...line, lineId: '2', quantityShipped: 0, taxCollectedBy: 'seller' as const };
    expect(complete({ ...bare, lines: [...bare.lines, added] }, known, datasets).lines[1]).toEqual(added);
  });
});
