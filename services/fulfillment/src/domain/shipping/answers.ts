import { refuse } from '@orderbus/contracts';
import type { CommandOf } from './command.ts';
import { done, type Step } from './decision.ts';
import { lifecycle, standingOf } from './lifecycle.ts';
import type { Shipping } from './order.ts';
import type { Parcel } from './parcel.ts';

/** What Amazon says to a parcel, kept with the revision that it is about: an older answer never hides a newer one. */
export const answer = (shipping: Shipping, command: CommandOf<'confirm'> | CommandOf<'reject'>): Step => {
  const parcel = shipping.parcels.find(({ id }) => id === command.shipmentId);
  if (!parcel) return refuse('not-allowed', `no parcel ${command.shipmentId} in this order`);
  const cell = lifecycle[standingOf(parcel)][command.type];
  if (cell !== 'answer') return refuse(cell, 'Amazon was not told of this parcel, or it was voided');
  if (command.revision > parcel.revision) return refuse('not-allowed', `revision ${command.revision} of this parcel was never told`);
  const after = command.type === 'confirm' ? confirmed(parcel, command) : rejected(parcel, command);
  if (after === parcel) return refuse('already-done');
  return done({ ...shipping, parcels: shipping.parcels.map((each) => (each.id === after.id ? after : each)) });
};

const confirmed = (parcel: Parcel, { revision, acceptedAt, packageReference }: CommandOf<'confirm'>): Parcel =>
  revision > (parcel.writtenRevision ?? 0) ? { ...parcel, writtenRevision: revision, acceptedAt, packageReference } : parcel;

const rejected = (parcel: Parcel, { revision, refusal }: CommandOf<'reject'>): Parcel =>
  revision > (parcel.refusedRevision ?? 0) ? { ...parcel, refusedRevision: revision, refusal } : parcel;

/** Clocks of two machines are not the same. */
const clockToleranceMs = 60_000;

/** The parcels of an order follow each other to Amazon: where one is in doubt, all that were told by then wait for a person. */
export const doubt = (shipping: Shipping, { about, since, words }: CommandOf<'doubt'>): Step => {
  if (about === 'pickup') return doubtPickup(shipping, words);
  const until = Date.parse(since) + clockToleranceMs;
  const isMeant = (parcel: Parcel): boolean =>
    lifecycle[standingOf(parcel)].doubt === 'doubt' && parcel.toldAt !== null && Date.parse(parcel.toldAt) <= until;
  if (!shipping.parcels.some(isMeant)) return refuse('already-done');
  const parcels = shipping.parcels.map((parcel) =>
    isMeant(parcel) ? { ...parcel, doubtedRevision: parcel.revision, doubt: words } : parcel,
  );
  return done({ ...shipping, parcels });
};

const doubtPickup = ({ order, parcels }: Shipping, words: string): Step => {
  const isMeant = ({ acceptedAt, refusal, doubt: known }: Shipping['order']['pickup'][number]) =>
    acceptedAt === null && refusal === null && known === null;
  if (!order.pickup.some(isMeant)) return refuse('already-done');
  return done({ order: { ...order, pickup: order.pickup.map((step) => (isMeant(step) ? { ...step, doubt: words } : step)) }, parcels });
};
