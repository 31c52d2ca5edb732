import { AppError, newId } from '@orderbus/kernel';
import { execute, type Outcome } from '@orderbus/outbox';
import { checkIfMatch, context, type RouteInput, type ServiceKit } from '@orderbus/service-kit';
import type { BillingCommand, OrderBilling } from '../domain/order-billing.ts';
import { findBilling } from '../store/billing-queries.ts';
import { orderBillings } from '../store/order-billing.ts';

export type ActionKit = Pick<ServiceKit, 'database' | 'execution' | 'clock'>;

/** @throws AppError `billing.order-unknown`. */
export const knownOrder = async ({ database }: Pick<ActionKit, 'database'>, orderId: string): Promise<OrderBilling> => {
  const billing = await findBilling(database, orderId);
  if (!billing) throw new AppError('not-found', 'billing.order-unknown', { orderId });
  return billing;
};

/** Does it, if the order's billing is still the one that `If-Match` names. Answers why it was not done; nothing when it was, now or before. */
export const perform = async (
  kit: ActionKit,
  { id, tenant }: Pick<OrderBilling, 'id' | 'tenant'>,
  { headers }: Pick<RouteInput<unknown, unknown, unknown>, 'headers'>,
  command: BillingCommand,
): Promise<string | undefined> => {
  const { correlationId = newId(), traceparent } = context();
  const cause = { tenant, correlationId, ...(traceparent === undefined ? {} : { traceparent }) };
  const [outcome] = await execute(kit.execution, orderBillings, [{ key: id, command, cause }], async (tx) => {
    const [row] = await tx.query<{ version: number }[]>('select version from order_billing where id = $1 for update', [id]);
    checkIfMatch(headers, row?.version ?? 0);
  });
  return outcome && refusalOf(outcome);
};

const refusalOf = (outcome: Outcome): string | undefined =>
  'refused' in outcome && outcome.refused !== 'already-done' ? (outcome.detail ?? outcome.refused) : undefined;
