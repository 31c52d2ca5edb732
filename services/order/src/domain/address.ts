import { isDeepStrictEqual } from 'node:util';
import type { OrderState } from './order.ts';

/** Where Amazon ships, the address is Amazon's business. */
export const hasBadAddress = ({ fulfilledBy, addressIssues }: Pick<OrderState, 'fulfilledBy' | 'addressIssues'>): boolean =>
  fulfilledBy === 'merchant' && addressIssues.length > 0;

/** With what the vault knows of its address by now, where it knows one. The same order when there is nothing to learn. */
export const withAddress = <Known extends OrderState>(known: Known, addressIssues: readonly string[] | undefined): Known =>
  addressIssues === undefined || isDeepStrictEqual(addressIssues, known.addressIssues) ? known : { ...known, addressIssues };
