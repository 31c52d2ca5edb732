import { describe, expect, test } from '@jest/globals';
import { AmazonStatus } from '@orderbus/contracts';
import { shipmentStatusBody } from './shipment-body.ts';
import { fulfilledByOf, statusOf, wordOf } from './words.ts';

/** Reading speaks Orders 2026-01-01, writing speaks v0 and the XML of the feeds: pitfall 37. Each word is written down in one place. */
describe("Amazon's vocabularies", () => {
  test('pitfall 37: each status of the API that we read has a word of ours, and each word of ours is used', () => {
    const amazon = ['PENDING_AVAILABILITY', 'PENDING', 'UNSHIPPED', 'PARTIALLY_SHIPPED', 'SHIPPED', 'CANCELLED', 'UNFULFILLABLE'];
    const words = amazon.map(statusOf);
    expect(words).toEqual(['pending', 'pending', 'unshipped', 'partially-shipped', 'shipped', 'canceled', 'unfulfillable']);
    expect(new Set([...words, 'unknown'])).toEqual(new Set(AmazonStatus.options));
  });

  test('pitfall 37: a word of the older API is none of the newer one', () => {
    for (const older of ['Canceled', 'Unshipped', 'PartiallyShipped', 'CANCELED']) expect(statusOf(older)).toBe('unknown');
    for (const older of ['MFN', 'AFN', 'Merchant']) expect(fulfilledByOf(older)).toBeUndefined();
    expect([fulfilledByOf('MERCHANT'), fulfilledByOf('AMAZON')]).toEqual(['merchant', 'amazon']);
  });

  test('pitfall 37: pickups are told in the words of the older API', () => {
    const told = (status: 'ready' | 'picked-up' | 'refused') =>
      shipmentStatusBody({ kind: 'pickup', orderId: 'o', status } as never, 'ATVPDKIKX0DER');
    expect([told('ready'), told('picked-up'), told('refused')]).toEqual([
      { marketplaceId: 'ATVPDKIKX0DER', shipmentStatus: 'ReadyForPickup' },
      { marketplaceId: 'ATVPDKIKX0DER', shipmentStatus: 'PickedUp' },
      { marketplaceId: 'ATVPDKIKX0DER', shipmentStatus: 'RefusedPickup' },
    ]);
  });

  test('programs that we have no name for pass, in lower case', () => {
    expect(['AMAZON_BUSINESS', 'IN_STORE_PICK_UP', 'PRIME', 'FBM_SHIP_PLUS', 'A_NEW_ONE'].map(wordOf)).toEqual([
      'business',
      'in-store-pickup',
      'prime',
      'fbm-ship-plus',
      'a-new-one',
    ]);
  });
});
