import { expect, test } from '@jest/globals';
import { isAmazonRelay } from './recipients.ts';

test('an address at the relay of any marketplace is a buyer', () => {
  for (const domain of [
    ...[
      'marketplace.amazon.com',
      'marketplace.amazon.de',
      'marketplace.amazon.co.uk',
      'MARKETPLACE.Amazon.co.jp',
      'marketplace.amazon.com.be',
    ],
    ...['m.marketplace.amazon.fr', 'marketplace.amazon.de.', 'marketplace.amazon.de '],
  ]) {
    expect(isAmazonRelay(`k7x2p9q4@${domain}`)).toBe(true);
  }
});

test('any other address is not', () => {
  for (const address of [
    'marketplace.amazon.de@example.com',
    'staff@amazon.de',
    'staff@marketplace-amazon.com',
    'a@notmarketplace.amazon.example.com',
  ])
    expect(isAmazonRelay(address)).toBe(false);
});
