import { type Decision, type NewEvent, OrderUpdated } from '@orderbus/contracts';
import { hasBadAddress } from './address.ts';
import { amazon, attentionChanged, closed, held, released, updated } from './events.ts';
import { asksToCancel } from './gates.ts';
import { booked } from './ledger.ts';
import { isOpen, type State } from './lifecycle.ts';
import { moneyOf } from './money.ts';
import type { AttentionCause, Hold, Order, OrderState } from './order.ts';
import { automaticState } from './state-rule.ts';
import { stateByStock } from './stock.ts';
import type { About, Statuses } from './surroundings.ts';

/** The order as it would be without its hold. */
export const beneath = <Any extends OrderState>(order: Any): Any =>
  order.hold === null ? order : { ...order, state: order.hold.state, status: order.hold.status };

type Accepted = Extract<Decision<OrderState>, { state: unknown }>;

/**
 * What follows by itself from any change, the same whatever came first: its units are counted, the rule says where it goes, the buyer's wish
 * to cancel holds it, its state has a label, and a person is asked to look at it.
 */
export const settle = (before: Order | undefined, step: Accepted, { id, tenant }: About, statuses: Statuses): Accepted => {
  const counted = { ...(step.state.state === 'held' ? beneath(step.state) : step.state) };
  const moved = byRule(id, { ...counted, ledger: booked(counted) }, step.events);
  const stopped = byBuyer(id, moved);
  const labelled =
    stopped.state.state === (before && beneath(before))?.state ? stopped.state : withDefault(stopped.state, tenant, statuses);
  const heldStatus = [step.state, before].find((order) => order?.state === 'held')?.status ?? statuses.defaultOf('held', tenant);
  const state = { ...covered(labelled, heldStatus), attention: attentionOf(labelled) };
  return { state, events: [...stopped.events, ...attentionChanged(id, before?.attention ?? [], state)] };
};

/** Amazon's word that it was shipped stands; without it, an order is where its stock and its parcels put it. */
const byRule = (id: string, order: OrderState, events: readonly NewEvent[]): Accepted => {
  if (order.state === 'pending' || order.state === 'canceled') return { state: order, events };
  const start = order.shippedAtAmazon ? 'complete' : stateByStock(order);
  const state = automaticState(start, Object.values(order.ledger), moneyOf(order));
  const moved: OrderState = { ...order, state };
  const isUpdate = ({ definition }: NewEvent): boolean => definition.topic === OrderUpdated.topic;
  // An update calls a closed order complete: said without the other, it would have been opened again.
  if (state === 'closed' && (state !== order.state || events.some(isUpdate)))
    return { state: moved, events: [...events, closed(id, moved) as NewEvent] };
  if (state === order.state) return { state: order, events };
  const others = events.filter((event) => !isUpdate(event));
  return { state: moved, events: [...others, updated(id, moved) as NewEvent] };
};

/** A buyer's request that nobody has answered holds the order, as long as Amazon shows it. What is no longer open needs no hold. */
const byBuyer = (id: string, { state: order, events }: Accepted): Accepted => {
  if (!isOpen(order.state)) return { state: { ...order, hold: null }, events };
  if (order.hold === null && asksToCancel(order)) {
    const placed: Hold = {
      ...{ cause: 'buyer-cancel-request', reason: order.cancelRequest?.reason ?? null, by: amazon },
      ...{ state: order.state, status: order.status },
    };
    return { state: { ...order, hold: placed }, events: [...events, held(id, order, placed) as NewEvent] };
  }
  const isTakenBack = order.hold?.cause === 'buyer-cancel-request' && order.buyerRequest === null && order.cancelRequest === null;
  if (!isTakenBack) return { state: order, events };
  return { state: { ...order, hold: null }, events: [...events, released(id, order, amazon) as NewEvent] };
};

const withDefault = (order: OrderState, tenant: string, statuses: Statuses): OrderState => ({
  ...order,
  status: statuses.defaultOf(order.state, tenant),
});

const covered = (order: OrderState, status: string): OrderState =>
  order.hold === null
    ? order
    : { ...order, state: 'held' satisfies State, status, hold: { ...order.hold, state: order.state, status: order.status } };

const attentionOf = (order: OrderState): AttentionCause[] => {
  if (!isOpen(order.state)) return [];
  const causes: Record<AttentionCause, boolean> = {
    'buyer-cancel-request': asksToCancel(order),
    'cancellation-refused': order.cancellation?.state === 'refused',
    'stock-missing': order.stock === 'short',
    address: hasBadAddress(order),
  };
  return (Object.keys(causes) as AttentionCause[]).filter((cause) => causes[cause]);
};
