import { said } from '@orderbus/service-kit';
import { z } from 'zod';
import { Sku } from './sku.ts';

const words = (longest: number) => z.string().trim().min(1).max(longest);

/** Told to the channel as it is; a moment with any offset. */
const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());

const units = z.int().positive().max(1_000_000);
const codes = z.array(words(100)).max(1_000).optional().describe('One per unit, where the line takes part in Transparency');

const Line = z
  .strictObject({ lineId: words(100).optional(), sku: Sku.optional(), quantity: units, transparencyCodes: codes })
  .refine(({ lineId, sku }) => (lineId === undefined) !== (sku === undefined), {
    path: ['lineId'],
    message: said('line.named-twice-over', 'Either lineId or sku'),
  });

const Lines = z.array(Line).min(1).max(500);

const told = {
  carrier: words(100).describe('One of GET /carriers, or any other name').optional(),
  service: words(100).optional(),
  trackingNumber: words(100).describe('Untracked mail has none').optional(),
  shippedAt: moment.describe('Absent: now').optional(),
};

const Package = z.strictObject({
  ...told,
  labelFrom: z.enum(['seller', 'channel']).default('seller').describe('channel: bought at Amazon, which knows thereby'),
  lines: Lines.optional().describe('Absent: all that is left'),
});

const Packages = z.strictObject({
  orderId: z.uuid(),
  packages: z.array(Package).min(1).max(50),
  handedOver: z.boolean().default(true).describe('false: packed, and still in the house. Amazon is not told'),
});

/** One parcel may be said without a list around it. */
export const NewShipments = z.union([
  Packages,
  Package.extend({ orderId: z.uuid(), handedOver: Packages.shape.handedOver }).describe('One package'),
]);

export const HandOver = z.strictObject({ ...told, lines: Lines.optional() });

export const Edit = z
  .strictObject({ ...told, service: words(100).nullish(), trackingNumber: words(100).nullish(), lines: Lines.optional() })
  .refine((fields) => Object.values(fields).some((value) => value !== undefined), said('field.nothing-to-change', 'Nothing to change'));

export const Void = z.strictObject({ reason: words(500).optional() });

export const Pickup = z.strictObject({
  status: z.enum(['ready', 'picked-up', 'refused']),
  lines: z
    .array(z.strictObject({ lineId: words(100), quantity: units }))
    .min(1)
    .max(500)
    .refine((lines) => new Set(lines.map(({ lineId }) => lineId)).size === lines.length, said('line.each-once', 'Each line once'))
    .optional(),
});
