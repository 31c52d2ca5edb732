import { BuyerData } from '@orderbus/contracts';
import type { AuditSignature, NewAuditEntry } from '@orderbus/outbox';
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

/** What is done with a buyer's data by somebody, for whoever has to account for it. */
export interface NewAccess {
  readonly action: 'shown' | 'corrected' | 'held' | 'released' | 'purged';
  readonly by: AuditSignature;
  /** Of what was shown, a `Purpose`; of the rest, its reason. */
  readonly purpose: string;
  readonly orderId: string;
  readonly tenant: string;
  /** What was shown or changed. Names of fields, never what is in them. */
  readonly fields: readonly string[];
}

/** How it stands in the audit log. */
export const entryOf = ({ action, by, purpose, orderId, tenant, fields }: NewAccess): NewAuditEntry => ({
  ...by,
  ...{ action: `buyer.${action}`, subjects: [`order:${orderId}`], tenant, reason: purpose, fields, outcome: 'done' },
});

/** The name that others get to see. */
export const nameOf = ({ actor, onBehalfOf }: AuditSignature): string => onBehalfOf ?? actor.name;

/** Who asks, and what for. */
export interface AccessRequest {
  readonly by: AuditSignature;
  readonly purpose: Purpose;
  /** Without it, everything. */
  readonly fields?: readonly BuyerField[] | undefined;
}
