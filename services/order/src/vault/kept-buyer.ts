import type { BuyerAddress, BuyerData } from '@orderbus/contracts';
import type { KeyRing } from '@orderbus/service-kit';
import { orderKey } from './order-key.ts';
import type { Correction, LegalHold, PurgeReason, VaultRow } from './vault-row.ts';

/** What the vault has of one order, opened. */
export interface KeptBuyer {
  readonly orderId: string;
  readonly tenant: string;
  /** Counts what has been told about it: corrections, and the purge. */
  readonly version: number;
  /** `absent`: Amazon has shown no buyer, or not yet. */
  readonly state: 'kept' | 'absent' | 'purged';
  /** With the corrected recipient, if there is one. */
  readonly buyer: BuyerData;
  readonly correction: Correction | undefined;
  /** Amazon's recipient, where a person has corrected it. */
  readonly original: BuyerAddress | undefined;
  /** When it will be purged, unless something new is heard of the delivery. */
  readonly purgeDueAt: string;
  readonly legalHold: LegalHold | null;
  readonly purgedAt: string | null;
  readonly purgeReason: PurgeReason | null;
}

export type StoredBuyer = Omit<
  VaultRow,
  'id' | 'arrived' | 'customerKey' | 'addressIssues' | 'sealedVersion' | 'factsVersion' | keyof Dates
> & {
  readonly purgeDueAt: string;
};
type Dates = Pick<VaultRow, 'purchasedAt' | 'shipBy' | 'deliverBy' | 'deliveredAt' | 'canceledAt'>;

export const openBuyer = (ring: KeyRing, row: StoredBuyer): KeptBuyer => {
  const { orderId, tenant, version, purgeDueAt, legalHold, purgedAt, purgeReason } = row;
  const about = { orderId, tenant, version, purgeDueAt, legalHold, purgedAt, purgeReason };
  if (purgedAt !== null) return { ...about, ...unknown, state: 'purged' };
  if (row.sealed === null && row.correction === null) return { ...about, ...unknown, state: 'absent' };

  const key = orderKey(ring, orderId, row.wrappedKey);
  const shown = row.sealed === null ? {} : (key.open(row.sealed, 'buyer') as BuyerData);
  const correction = row.correction === null ? undefined : (key.open(row.correction, 'correction') as Correction);
  const buyer = correction === undefined ? shown : { ...shown, recipient: correction.recipient };
  return { ...about, state: 'kept', buyer, correction, original: correction && shown.recipient };
};

const unknown = { buyer: {}, correction: undefined, original: undefined } as const;
