import { AmazonRefusal, PackedLine } from '@orderbus/contracts';
import { z } from 'zod';
import { isReason, lifecycle, type ParcelAct, standingOf, words } from '../domain/shipping/lifecycle.ts';
import { type Parcel, parcelStates, type WriteState, writeStates } from '../domain/shipping/parcel.ts';
import type { ShipmentRow } from '../store/shipping-entities.ts';

const acts = ['hand-over', 'edit', 'void', 'retry'] as const satisfies readonly ParcelAct[];

export const Gate = z.object({ allowed: z.boolean(), why: z.string().optional() });

export const ShipmentView = z.object({
  id: z.uuid(),
  orderId: z.uuid(),
  tenant: z.string(),
  position: z.int().describe('Which parcel of its order it is, from 1'),
  version: z.int().describe('For If-Match'),
  revision: z.int().describe('Counts what was said about it'),
  state: z.enum(parcelStates),
  carrier: z.string().optional(),
  service: z.string().optional(),
  trackingNumber: z.string().optional(),
  shippedAt: z.iso.datetime().optional(),
  labelFrom: z.enum(['seller', 'channel']),
  lines: z.array(PackedLine),
  amazon: z.object({
    state: z.enum(writeStates),
    words: z.string().describe('The state in words, or those of Amazon'),
    toldAt: z.iso.datetime().optional().describe('When it was said what is said now'),
    acceptedAt: z.iso.datetime().optional().describe('When Amazon took it last; a later change may still wait'),
    packageReference: z.string().optional().describe("Amazon's number of the parcel within its order"),
    refusal: AmazonRefusal.optional(),
  }),
  actions: z.array(Gate.extend({ action: z.enum(acts) })).describe('What can be done to it now, or why not'),
  voidReason: z.string().optional(),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
});

const stateWords: Readonly<Record<WriteState, string>> = {
  none: 'Amazon is not told.',
  waiting: 'Amazon is being told.',
  uncertain: 'Nobody can tell whether Amazon knows of it.',
  accepted: 'Amazon knows of it.',
  refused: 'Amazon has refused it.',
};

export const shipmentView = (row: ShipmentRow): z.output<typeof ShipmentView> => {
  const { id, orderId, tenant, position, version, revision, state, labelFrom, lines, createdAt, createdBy } = row;
  const refusal = row.writeState === 'refused' ? row.refusal : null;
  const doubt = row.writeState === 'uncertain' ? row.doubt : null;
  return {
    ...{ id, orderId, tenant, position, version, revision, state, labelFrom, lines: [...lines], createdAt, createdBy },
    ...present({ carrier: row.carrier, service: row.service, trackingNumber: row.trackingNumber, shippedAt: row.shippedAt }),
    ...present({ voidReason: row.voidReason }),
    amazon: {
      ...{ state: row.writeState, words: refusal?.words ?? doubt ?? stateWords[row.writeState] },
      ...present({ toldAt: row.toldAt, acceptedAt: row.acceptedAt, packageReference: row.packageReference, refusal }),
    },
    actions: acts.map((action) => ({ action, ...gateOf(row, action) })),
  };
};

const gateOf = (parcel: Parcel, act: ParcelAct): z.output<typeof Gate> => {
  const cell = lifecycle[standingOf(parcel)][act];
  if (isReason(cell)) return { allowed: false, why: words[cell] };
  return cell === 'already-done' ? { allowed: false, why: words['is-void'] } : { allowed: true };
};

type Present<T> = { [K in keyof T]?: NonNullable<T[K]> };

/** Without what is not known. */
export const present = <T extends object>(fields: T): Present<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as Present<T>;
