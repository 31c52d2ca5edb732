import type { Reservation, ReservationCommand, WantedLine } from '../src/domain/reservation.ts';
import { decide } from '../src/domain/reserve.ts';
import type { Shelf } from '../src/domain/shelf.ts';

export const orderId = '7d3f6f0e-54a3-5d4b-9d62-0a1b8d0a7c11';

export const want = (sku: string, quantity: number, quantityShipped = 0, lineId = `line-${sku}`): WantedLine => ({
  ...{ lineId, sku, quantity, quantityShipped },
});
export const reserve = (...lines: WantedLine[]) =>
  ({ type: 'reserve', orderVersion: 1, fulfilledBy: 'merchant', purchasedAt: '2026-05-04T08:00:00.000Z', lines }) as const;
export const follow = (orderVersion: number, ...lines: WantedLine[]) => ({ type: 'follow', orderVersion, lines }) as const;
export const release = { type: 'release' } as const;
export const retry = { type: 'retry' } as const;
export const parcel = (revision: number, units: Record<string, number>, shipmentId = 'parcel-1') => ({
  ...({ type: 'parcel', shipmentId, revision } as const),
  lines: Object.entries(units).map(([sku, quantity]) => ({ lineId: `line-${sku}`, quantity })),
});
export const voided = (revision: number, shipmentId = 'parcel-1') => parcel(revision, {}, shipmentId);
export const restock = (units: Record<string, number>, returnId = 'return-1') => ({
  ...({ type: 'restock', returnId } as const),
  lines: Object.entries(units).map(([sku, quantity]) => ({ lineId: `line-${sku}`, quantity })),
});

/** Commands one after the other, perhaps on what is there already; answers with the last reservation and everything that was told. */
export const play = (shelf: Shelf, ...steps: (ReservationCommand | { readonly from: Reservation })[]) => {
  let reservation: Reservation | undefined;
  const told: string[] = [];
  for (const step of steps) {
    if ('from' in step) {
      reservation = step.from;
      continue;
    }
    const decision = decide(reservation, step, orderId, shelf);
    if ('refused' in decision) {
      told.push(decision.refused);
      continue;
    }
    reservation = decision.state;
    told.push(...decision.events.map((event) => event.definition.type));
  }
  return { reservation: reservation as Reservation, told };
};
