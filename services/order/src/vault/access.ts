import { BuyerData } from '@orderbus/contracts';
import { z } from 'zod';

/** What for somebody may look at a buyer. */
export const Purpose = z.enum([
  'packing-slip',
  'shipping-label',
  'invoice',
  'tax',
  'buyer-question',
  'fraud-check',
  'address-correction',
  'export',
]);
export type Purpose = z.infer<typeof Purpose>;

/** The parts of a buyer that can be asked for one by one. */
export const BuyerField = BuyerData.keyof();
export type BuyerField = z.infer<typeof BuyerField>;

/** Everything that is done with a buyer's data by somebody, for whoever has to account for it. */
export const accessActions = ['shown', 'corrected', 'held', 'released', 'purged'] as const;

export interface NewAccess {
  readonly action: (typeof accessActions)[number];
  readonly actor: string;
  /** Of what was shown, a `Purpose`; of the rest, its reason. */
  readonly purpose: string;
  readonly orderId: string;
  readonly tenant: string;
  /** What was shown or changed. Names of fields, never what is in them. */
  readonly fields: readonly string[];
}

/** Who asks, and what for. */
export interface AccessRequest {
  readonly actor: string;
  readonly purpose: Purpose;
  /** Without it, everything. */
  readonly fields?: readonly BuyerField[] | undefined;
}
