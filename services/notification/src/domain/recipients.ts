import type { Reason } from './reason.ts';

/**
 * Does mail to it reach a buyer? Amazon gives every buyer an address at its relay, of which it alone knows whom it leads to. Sellers must not write
 * there but through Amazon's own channels, so nobody there is told anything.
 */
export const isAmazonRelay = (address: string): boolean => {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return /(^|\.)marketplace\.amazon\.[a-z.]+$/.test(domain.trim());
};

export const noBuyers: Reason = {
  code: 'delivery.to-a-buyer',
  words: 'Amazon buyers are never mailed: this is an address of its relay. Name somebody of the staff',
};
