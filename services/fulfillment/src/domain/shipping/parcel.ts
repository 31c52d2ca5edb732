import type { AmazonRefusal, LineQuantity, PackedLine } from '@orderbus/contracts';

export type LabelFrom = 'seller' | 'channel';

/** Where a parcel is. `packed`: in the house. `shipped`: handed over. `voided`: it is none any more. */
export const parcelStates = ['packed', 'shipped', 'voided'] as const;
export type ParcelState = (typeof parcelStates)[number];

/** Where telling Amazon of it stands. `none`: nothing is to be told. `uncertain`: nobody can tell whether Amazon knows. */
export const writeStates = ['none', 'waiting', 'uncertain', 'accepted', 'refused'] as const;
export type WriteState = (typeof writeStates)[number];

/** One parcel of an order. Amazon's answers are kept by the revision that they answer, so that they may come in any order. */
export interface Parcel {
  readonly id: string;
  /** The parcels of an order are counted from 1, in the order in which they were made. */
  readonly position: number;
  /** Counts its changes, whatever they were. */
  readonly version: number;
  /** Counts what was said about it. */
  readonly revision: number;
  readonly state: ParcelState;
  readonly carrier: string | null;
  readonly service: string | null;
  readonly trackingNumber: string | null;
  readonly shippedAt: string | null;
  /** When we first heard that it has left. */
  readonly handedOverAt: string | null;
  readonly labelFrom: LabelFrom;
  readonly lines: readonly PackedLine[];
  /** The most units of each line that Amazon was ever told: those that it may count. */
  readonly told: readonly LineQuantity[];
  /** Follows from the others; kept to be found by. */
  readonly writeState: WriteState;
  /** When what is said about it now was said. */
  readonly toldAt: string | null;
  /** The newest revision that Amazon has taken. */
  readonly writtenRevision: number | null;
  readonly acceptedAt: string | null;
  /** Amazon's name of the parcel within its order. */
  readonly packageReference: string | null;
  readonly refusedRevision: number | null;
  readonly refusal: AmazonRefusal | null;
  readonly doubtedRevision: number | null;
  readonly doubt: string | null;
  readonly voidReason: string | null;
  readonly createdAt: string;
  readonly createdBy: string;
}

/** What is known of a parcel that nobody has heard of yet. */
export const unsaid = {
  ...{ version: 1, revision: 1, carrier: null, service: null, trackingNumber: null, shippedAt: null, handedOverAt: null, toldAt: null },
  ...{ writeState: 'none', writtenRevision: null, acceptedAt: null, packageReference: null, refusedRevision: null, refusal: null },
  ...{ doubtedRevision: null, doubt: null, voidReason: null, told: [] },
} as const satisfies Partial<Parcel>;

/** Amazon's answer to what is said about it now; an answer to an earlier revision leaves it waiting. */
export const writeStateOf = (parcel: Omit<Parcel, 'writeState'>): WriteState => {
  if (parcel.state !== 'shipped') return 'none';
  if (parcel.writtenRevision === parcel.revision) return 'accepted';
  if (parcel.refusedRevision === parcel.revision) return 'refused';
  if (parcel.labelFrom === 'channel') return 'none';
  return parcel.doubtedRevision === parcel.revision ? 'uncertain' : 'waiting';
};

/** Of each line the most units that were ever told, now that these are. */
export const mostTold = ({ told, lines }: Pick<Parcel, 'told' | 'lines'>): LineQuantity[] => {
  const most = new Map(told.map(({ lineId, quantity }) => [lineId, quantity]));
  for (const { lineId, quantity } of lines) most.set(lineId, Math.max(most.get(lineId) ?? 0, quantity));
  return [...most].map(([lineId, quantity]) => ({ lineId, quantity }));
};

/** Amazon has taken it in some revision: its books hold this parcel. */
export const isKnownToAmazon = ({ acceptedAt }: Pick<Parcel, 'acceptedAt'>): boolean => acceptedAt !== null;

/** It has left the house, and Amazon has not said that it does not count. */
export const counts = (parcel: Parcel): boolean =>
  parcel.state === 'shipped' && (parcel.writeState !== 'refused' || isKnownToAmazon(parcel));

/** Whose units nobody else may ship. */
export const isThere = ({ state }: Parcel): boolean => state !== 'voided';
