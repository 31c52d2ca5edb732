import type { Facts } from '../sentence.ts';
import { action } from './actions.ts';
import type { Known, OrderFacts } from './facts.ts';
import { lastAt, one, present, rule, saying } from './reason.ts';

/** What people have decided, or have to, and what Amazon has not released yet. */
export const decisionRules = [
  rule({
    code: 'buyer-asks-to-cancel',
    waitsFor: 'person',
    when: 'The buyer asked to cancel, and nobody has answered. The order is on hold.',
    mendedBy: 'Accept: Amazon is asked to cancel. Decline: it goes on.',
    find: (known) =>
      one(
        known.order?.attention.includes('buyer-cancel-request') && {
          facts: reasonOfBuyer(known.order.cancelReason),
          since: lastAt(known, 'order.attention_raised', 'buyer-cancel-request'),
          actions: [
            can(known.order, 'accept-buyer-cancel', action('accept-cancel-request', `${path(known)}/accept-cancel-request`)),
            can(known.order, 'decline-buyer-cancel', action('decline-cancel-request', `${path(known)}/decline-cancel-request`)),
          ],
        },
      ),
  }),
  rule({
    code: 'held',
    waitsFor: 'person',
    when: 'A person stopped it, or it is still on hold after Amazon refused to cancel what the buyer wanted canceled.',
    mendedBy: 'Release it.',
    find: (known) => one(known.order && heldFinding(known, known.order)),
  }),
] as const;

/** One of Amazon's words, for which there may be words of ours, or what somebody wrote. */
const reasonOfBuyer = (reason: string | undefined): Facts => {
  if (reason === undefined) return { context: 'plain' };
  return /^[a-z]+(-[a-z]+)*$/.test(reason) ? { context: reason, reason: reason.replaceAll('-', ' ') } : { context: 'said', reason };
};

const heldFinding = (known: Known, order: OrderFacts) => {
  const { hold, cancellation } = order;
  if (hold === undefined || order.attention.includes('buyer-cancel-request') || cancellation?.state === 'requested') return undefined;
  const context = hold.cause === 'buyer-cancel-request' ? 'buyer' : hold.reason === undefined ? 'plain' : 'reason';
  return {
    facts: { context, by: hold.by.name, ...present({ reason: hold.reason }) },
    since: lastAt(known, 'order.held'),
    actions: [can(order, 'release', action('release', `${path(known)}/release`))],
  };
};

/** Where Amazon stands in the way, or its warehouse ships, or the store's own rules keep it outside. */
export const amazonStateRules = [
  rule({
    code: 'pending-at-amazon',
    waitsFor: 'amazon',
    when: 'Amazon still checks the payment, or waits for it, and has not released the order.',
    mendedBy: 'Amazon releases it, usually within a day; it is taken in with the next look. It can be read at once.',
    find: ({ order }) =>
      one(
        order?.state === 'pending' && order.amazonStatus === 'pending' && { facts: {}, since: order.purchasedAt, actions: [read(order)] },
      ),
  }),
  rule({
    code: 'amazon-ships',
    waitsFor: 'amazon',
    when: "Amazon's warehouse ships it, and has not yet.",
    mendedBy: 'Amazon ships it; then it comes in, complete.',
    find: ({ order }) =>
      one(
        order?.state === 'pending' &&
          order.fulfilledBy === 'amazon' &&
          ['unshipped', 'partially-shipped'].includes(order.amazonStatus) && { facts: {}, since: order.purchasedAt },
      ),
  }),
  rule({
    code: 'amazon-cannot-fulfill',
    waitsFor: 'amazon',
    when: 'Amazon says that it cannot be fulfilled from its warehouse.',
    mendedBy: 'Amazon finds the units, or cancels.',
    find: ({ order }) => one(isUnfinished(order) && order.amazonStatus === 'unfulfillable' && { facts: {}, actions: [read(order)] }),
  }),
  rule({
    code: 'status-unknown',
    waitsFor: 'operator',
    when: 'Amazon shows a status that this version does not know. The order stays as it was.',
    mendedBy: 'Look into Seller Central; tell the project.',
    find: ({ order }) => one(isUnfinished(order) && order.amazonStatus === 'unknown' && { facts: {}, actions: [read(order)] }),
  }),
  rule({
    code: 'only-shown',
    waitsFor: 'operator',
    when: 'Its store takes no orders in: it is shown, and looked after in Seller Central.',
    mendedBy: "The store's import settings.",
    find: ({ order }) =>
      one(order?.state === 'pending' && order.sellerCentralUrl !== undefined && { facts: { url: order.sellerCentralUrl } }),
  }),
] as const;

export const cancellationRules = [
  rule({
    code: 'cancellation-refused',
    waitsFor: 'person',
    when: 'Amazon did not cancel as it was asked; the order goes on.',
    mendedBy: 'Ask again, or ship it.',
    find: (known) => one(known.order && refusedFinding(known, known.order)),
  }),
  rule({
    code: 'cancellation-awaited',
    waitsFor: 'amazon',
    when: 'Amazon was asked to cancel, and the gateway, which would know how far that is, does not answer.',
    mendedBy: "Amazon's answer.",
    find: ({ order, commands }) =>
      one(order?.cancellation?.state === 'requested' && commands === undefined && { facts: {}, since: order.cancellation.at }),
  }),
] as const;

const refusedFinding = (known: Known, order: OrderFacts) => {
  const { cancellation } = order;
  if (cancellation === undefined || !order.attention.includes('cancellation-refused')) return undefined;
  const { reason, lines, refusal = '', said, at } = cancellation;
  const again = action('cancel-again', `${path(known)}/cancel`, { reason, ...present({ lines }) });
  return {
    facts: said ? saying(said) : { words: refusal },
    since: lastAt(known, 'order.cancellation_refused') ?? at,
    actions: [can(order, 'request-cancel', again)],
  };
};

export const path = ({ orderId }: Pick<Known, 'orderId'>): string => `/orders/${orderId}`;

/** The action, where the order allows it now. */
export const can = <Action>({ actions }: OrderFacts, name: string, what: Action): Action | undefined =>
  actions.some(({ action: known, allowed }) => known === name && allowed) ? what : undefined;

/** Reads it at Amazon now. */
export const read = ({ tenant, amazonOrderId }: Pick<OrderFacts, 'tenant' | 'amazonOrderId'>) =>
  action('read-order', `/stores/${encodeURIComponent(tenant)}/orders/${encodeURIComponent(amazonOrderId)}/recover`);

export const isUnfinished = (order: OrderFacts | undefined): order is OrderFacts =>
  order !== undefined && !['complete', 'closed', 'canceled'].includes(order.state);
