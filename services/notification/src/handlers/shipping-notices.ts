import type { ShipByAtRisk, ShipByMissed, ShipBySettled, ShipmentVoided } from '@orderbus/contracts';
import type { WatchCommand } from '../domain/watch.ts';
import { clears, type EventOf, notices, tells } from './notice.ts';

/** What becomes of an order in the house: its deadlines, which are an aggregate of their own, and its parcels. */

export const atRisk = (event: EventOf<typeof ShipByAtRisk>): WatchCommand => {
  const { number, amazonOrderId, shipBy, obstacles } = event.data;
  return notices(tells(event, { kind: 'ship-by-at-risk', number, amazonOrderId, shipBy, obstacles }));
};

/** It is no longer at risk: it is late. */
export const missed = (event: EventOf<typeof ShipByMissed>): WatchCommand => {
  const { number, amazonOrderId, shipBy, obstacles } = event.data;
  return notices(clears(event, 'ship-by-at-risk'), tells(event, { kind: 'ship-by-missed', number, amazonOrderId, shipBy, obstacles }));
};

export const settled = (event: EventOf<typeof ShipBySettled>): WatchCommand =>
  notices(clears(event, 'ship-by-at-risk'), clears(event, 'ship-by-missed'));

/** It is no parcel any more: the last thing that is said about it. */
export const voided = (event: EventOf<typeof ShipmentVoided>): WatchCommand => {
  const { shipmentId, revision } = event.data;
  return notices(clears(event, 'shipment-rejected', { subject: shipmentId, revision }));
};
