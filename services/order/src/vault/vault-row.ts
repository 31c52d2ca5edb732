import type { BuyerAddress } from '@orderbus/contracts';
import type { RetentionFacts } from './retention.ts';

/** The vault's knowledge of one order. There is a row for each order that Amazon has shown, with or without a buyer. */
export interface VaultRow extends RetentionFacts {
  readonly id: string;
  readonly tenant: string;
  readonly version: number;
  readonly orderId: string;
  /** The key of this order's contents, sealed with the ring. Purging deletes it. */
  readonly wrappedKey: string | null;
  /** The buyer as Amazon shows it. */
  readonly sealed: string | null;
  /** The gateway's version of the snapshot that it is from, 0 before the first, and a hash of the gateway's sealed text. */
  readonly sealedVersion: number;
  readonly arrived: string | null;
  /** A keyed hash of the buyer's e-mail address, in a store that keeps accounts. */
  readonly customerKey: string | null;
  /** The fields of the recipient's address with which no parcel arrives; null where the address is not known. */
  readonly addressIssues: readonly string[] | null;
  /** What a person has put in the place of Amazon's recipient. */
  readonly correction: string | null;
  /** The gateway's version of the snapshot that the dates are from. */
  readonly factsVersion: number;
  readonly legalHold: LegalHold | null;
  readonly purgedAt: string | null;
  readonly purgeReason: PurgeReason | null;
}

export type VaultState = Omit<VaultRow, 'id' | 'tenant' | 'version'>;

/** 30 days after delivery; or a buyer who has a right to it asked for it. */
export const purgeReasons = ['retention', 'erasure-request'] as const;
export type PurgeReason = (typeof purgeReasons)[number];

/** Why a buyer is not forgotten in time. */
export interface LegalHold {
  readonly reason: string;
  readonly by: string;
  readonly since: string;
  readonly until: string;
}

export interface Correction {
  readonly recipient: BuyerAddress;
  readonly reason: string;
  readonly by: string;
  readonly at: string;
}

export const isHeld = (hold: LegalHold | null, now: string): hold is LegalHold => hold !== null && hold.until > now;
