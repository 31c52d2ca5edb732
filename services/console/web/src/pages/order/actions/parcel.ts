import type { operations } from '../../../api/generated/fulfillment.d.ts';
import type { Shipment } from '../facts.ts';
import { fieldMoment, linesOf, type PackageDraft, packageOf } from './shipment.ts';

export type ParcelChange = operations['patchShipmentsById']['requestBody']['content']['application/json'];
export type HandOver = operations['postShipmentsByIdHandOver']['requestBody']['content']['application/json'];

export interface ParcelDraft extends PackageDraft {
  readonly shippedAt: string;
}

/** Only what is another now: what nobody touched is not said again. Number and service can be taken away. */
export const changeOf = (parcel: Shipment, draft: ParcelDraft): ParcelChange => {
  const before = packageOf(parcel);
  const [carrier, tracking, service] = [draft.carrier.trim(), draft.tracking.trim(), draft.service.trim()];
  return {
    ...(carrier === before.carrier || carrier === '' ? {} : { carrier }),
    ...(tracking === before.tracking ? {} : { trackingNumber: tracking === '' ? null : tracking }),
    ...(service === before.service ? {} : { service: service === '' ? null : service }),
    ...momentOf(parcel, draft),
    ...(JSON.stringify(linesOf(draft)) === JSON.stringify(linesOf(before)) ? {} : { lines: linesOf(draft) }),
  };
};

/** It leaves as it was packed, with what was missing. Without a moment of its own, it leaves now. */
export const handOverOf = (parcel: Shipment, draft: ParcelDraft): HandOver => {
  const { trackingNumber, service, ...change } = changeOf(parcel, draft);
  return { ...change, ...(trackingNumber ? { trackingNumber } : {}), ...(service ? { service } : {}) };
};

const momentOf = ({ shippedAt }: Shipment, draft: ParcelDraft): Pick<ParcelChange, 'shippedAt'> => {
  const before = shippedAt === undefined ? undefined : fieldMoment(new Date(shippedAt));
  if (draft.shippedAt === '' || draft.shippedAt === before) return {};
  // The field begins with this minute: whoever leaves it there means now.
  if (before === undefined && draft.shippedAt === fieldMoment(new Date())) return {};
  return { shippedAt: new Date(draft.shippedAt).toISOString() };
};

/** `lines.1.transparencyCodes` is about a line of the form; other mistakes of lines are about all of them. */
export const parcelFieldOf = (field: string, draft: PackageDraft): string => {
  const index = /^lines\.(\d+)\.transparencyCodes/.exec(field)?.[1];
  const line = index === undefined ? undefined : linesOf(draft)[Number(index)];
  if (line !== undefined) return `codes.${line.lineId}`;
  return field.startsWith('lines.') ? 'lines' : field;
};
