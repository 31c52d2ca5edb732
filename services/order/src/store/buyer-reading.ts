import type { Database } from '@orderbus/outbox';
import type { StoredBuyer } from '../vault/kept-buyer.ts';
import type { RetentionRules } from '../vault/retention.ts';

/**
 * When a buyer is to be purged, by the best that is known of the delivery. Counted each time it is asked for: other rules count at once.
 * The parameters are those of `rulesAsParameters`.
 */
export const purgeDueAt = `least(
  coalesce(delivered_at, canceled_at, deliver_by, ship_by + $2 * interval '1 ms') + $1 * interval '1 ms',
  purchased_at + $3 * interval '1 ms')`;

export const rulesAsParameters = ({ keptMs, transitMs, longestMs }: RetentionRules): number[] => [keptMs, transitMs, longestMs];

/** Not opened. In no particular order; orders that the vault has not heard of are missing. */
export const findBuyers = (
  { query }: Pick<Database, 'query'>,
  rules: RetentionRules,
  orderIds: readonly string[],
): Promise<StoredBuyer[]> =>
  query(
    `select order_id as "orderId", tenant, version, wrapped_key as "wrappedKey", sealed, correction, legal_hold as "legalHold",
       purged_at as "purgedAt", purge_reason as "purgeReason", ${purgeDueAt} as "purgeDueAt"
     from buyer_vault where order_id = any($4::uuid[])`,
    [...rulesAsParameters(rules), orderIds],
  );
