import { BuyerAddress, BuyerData } from '@orderbus/contracts';
import { z } from 'zod';
import type { KeptBuyer } from '../vault/kept-buyer.ts';
import type { MaskedBuyer } from '../vault/masking.ts';
import { purgeReasons } from '../vault/vault-row.ts';

export const LegalHoldView = z.object({ reason: z.string(), by: z.string(), since: z.iso.datetime(), until: z.iso.datetime() });

export const BuyerView = z.object({
  orderId: z.uuid(),
  version: z.int().describe('Counts the corrections of the address; its ETag'),
  state: z.enum(['kept', 'absent', 'purged']).describe('`absent`: Amazon shows no buyer, or not yet'),
  masked: z.boolean().describe('Only initials, city and country'),
  buyer: BuyerData,
  correction: z
    .object({ by: z.string(), at: z.iso.datetime(), reason: z.string(), original: BuyerAddress.optional() })
    .optional()
    .describe("Who has corrected the address, and Amazon's"),
  purgeDueAt: z.iso.datetime().optional().describe('When it will be purged, by what is known of the delivery'),
  legalHold: LegalHoldView.optional(),
  purged: z.object({ at: z.iso.datetime(), reason: z.enum(purgeReasons) }).optional(),
});
export type BuyerView = z.output<typeof BuyerView>;

type About = Omit<KeptBuyer, 'buyer' | 'original' | 'correction'>;

/** An order that the vault has not heard of: there is no buyer, and that is all. */
export const unknownBuyer = (orderId: string): BuyerView => ({ orderId, version: 0, state: 'absent', masked: true, buyer: {} });

export const maskedView = (about: About, { name, ...place }: MaskedBuyer): BuyerView => ({
  ...commonOf(about),
  masked: true,
  buyer: { ...(name === undefined ? {} : { name }), ...(Object.keys(place).length === 0 ? {} : { recipient: place }) },
});

export const shownView = ({ buyer, correction, original, ...about }: KeptBuyer): BuyerView => ({
  ...commonOf(about),
  masked: false,
  buyer,
  ...(correction === undefined
    ? {}
    : {
        correction: {
          ...{ by: correction.by, at: correction.at, reason: correction.reason },
          ...(original === undefined ? {} : { original }),
        },
      }),
});

const commonOf = ({ orderId, version, state, purgeDueAt, legalHold, purgedAt, purgeReason }: About) => ({
  ...{ orderId, version, state },
  ...(state === 'purged' ? {} : { purgeDueAt }),
  ...(legalHold === null ? {} : { legalHold }),
  ...(purgedAt === null || purgeReason === null ? {} : { purged: { at: purgedAt, reason: purgeReason } }),
});
