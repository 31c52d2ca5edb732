import { AppError, newId } from '@orderbus/kernel';
import { execute, type Item, type Outcome } from '@orderbus/outbox';
import { actorOf, checkIfMatch, context, etagOf, type RouteInput, response, type ServiceKit } from '@orderbus/service-kit';
import { codeOf } from '../domain/gates.ts';
import type { Command, Order, WishCommand } from '../domain/order.ts';
import { orders } from '../store/orders.ts';
import { findOrder } from './find-order.ts';
import { detailOf } from './views.ts';

type Distributive<T> = T extends unknown ? Omit<T, 'actor' | 'at'> : never;

/** What somebody wants to be done, before it is known who and when. */
export type Wish = Distributive<WishCommand>;

export type ActionKit = Pick<ServiceKit, 'database' | 'execution' | 'clock'>;
type Asked = RouteInput<{ readonly orderId: string }, { readonly tenant?: string | undefined }, unknown>;

/** The wish of whoever sends this request, about this order. */
export const wishItem = (
  { id, tenant }: Pick<Order, 'id' | 'tenant'>,
  wish: Wish,
  input: Pick<Asked, 'caller'>,
  { clock }: Pick<ActionKit, 'clock'>,
): Item<Command> => {
  const { correlationId = newId(), traceparent } = context();
  return {
    key: id,
    command: { ...wish, actor: actorOf(input), at: clock.now().toISOString() } as WishCommand,
    cause: { tenant, correlationId, ...(traceparent === undefined ? {} : { traceparent }) },
  };
};

/** Why it was not done; nothing when it was, now or before. */
export const refusalOf = (outcome: Outcome): string | undefined =>
  'refused' in outcome && outcome.refused !== 'already-done' ? (outcome.detail ?? outcome.refused) : undefined;

/**
 * Does it, if the order is still the one that `If-Match` names, and answers with the order as it is afterwards.
 * @throws AppError `order.not-allowed` with the words of the gate.
 */
export const perform = async (kit: ActionKit, input: Asked, wish: Wish) => {
  const { id, tenant } = await findOrder(kit.database, input.params.orderId, input.query.tenant);
  const [outcome] = await execute(kit.execution, orders, [wishItem({ id, tenant }, wish, input, kit)], async (tx) => {
    const [row] = await tx.query<{ version: number }[]>('select version from orders where id = $1 for update', [id]);
    checkIfMatch(input.headers, row?.version ?? 0);
  });
  const why = outcome && refusalOf(outcome);
  if (why !== undefined) throw new AppError('conflict', 'order.not-allowed', { action: wish.type, reason: codeOf(why), why });
  const order = await findOrder(kit.database, id, tenant);
  return response(200, detailOf(order), { etag: etagOf(order.version) });
};
