import { type Objection, type State, type WishType, wishes } from './lifecycle.ts';
import { moneyOf } from './money.ts';
import type { Order, OrderState } from './order.ts';
import { toCancel, toShip } from './quantities.ts';
import { canInvoice } from './state-rule.ts';

/** Whether something can be done to an order now, or why not: a code for programs that have words of their own, and words for a person. */
export type Gate = { readonly allowed: true } | { readonly allowed: false; readonly code: Why; readonly why: string };

/** What people do to an order here, and what they do to it where its address, its parcels and its money are kept. */
export type Action = WishType | 'correct-address' | 'ship' | 'invoice' | 'refund';

export const gateOf = (order: Order, action: Action): Gate => {
  const why = stateObjection(order, action) ?? objections[action]?.(order);
  return why === undefined ? { allowed: true } : { allowed: false, code: why, why: words[why] };
};

/** Every action, with what can be said about it. */
export const actionsOf = (order: Order): readonly ({ readonly action: Action } & Gate)[] =>
  actions.map((action) => ({ action, ...gateOf(order, action) }));

/** The buyer asked to cancel, Amazon still shows it, and nobody has answered. */
export const asksToCancel = ({ cancelRequest, buyerRequest }: Pick<OrderState, 'cancelRequest' | 'buyerRequest'>): boolean =>
  cancelRequest !== null && buyerRequest === null;

/** Amazon would have it shipped, but the rules of its store have not let it in: it can be tried again, or let in, as if it were blocked. */
export const waitsOutside = ({ state, cleared, viewOnly }: Pick<OrderState, 'state' | 'cleared' | 'viewOnly'>): boolean =>
  state === 'pending' && cleared && !viewOnly;

export type Why = Objection | 'answer-first' | 'asked-already' | 'no-stock' | 'nothing-to-ship' | 'amazon-ships' | 'invoiced' | 'refunded';

const words: Readonly<Record<Why, string>> = {
  'no-order': 'it has not become an order',
  'held-first': 'it is on hold: release it first',
  'held-already': 'it is on hold already',
  'not-held': 'it is not on hold',
  'not-blocked': 'it does not wait for missing stock',
  'no-request': 'the buyer has not asked for it',
  'answer-first': 'the buyer asked to cancel: accept or decline that',
  'asked-already': 'Amazon has been asked to cancel, and has not answered yet',
  shipped: 'it has been shipped: what can be done is a refund',
  closed: 'it is closed: its money has gone back',
  canceled: 'it is canceled',
  'no-stock': 'its stock is not set aside',
  'nothing-to-ship': 'nothing of it is left to be shipped',
  'amazon-ships': 'Amazon ships it',
  invoiced: 'nothing of it is left to be invoiced',
  refunded: 'nothing of it is left to be paid back',
};

/** What can be done to what waits outside, as if it were blocked. */
const atTheDoor: readonly Action[] = ['retry', 'admit', 'correct-address'];

/** The code of what a person was told, for programs. */
export const codeOf = (told: string): Why | undefined => whys.find((why) => words[why] === told);

export const whys = Object.keys(words) as readonly Why[];

const stateObjection = (order: Order, action: Action): Why | undefined => {
  const isAtTheDoor = waitsOutside(order) && atTheDoor.includes(action);
  if (order.number === null && !isAtTheDoor) return 'no-order';
  const cell: string = cells[action][isAtTheDoor ? 'blocked' : order.state];
  return cell in words ? (cell as Why) : undefined;
};

/** An order can be shipped, invoiced and paid back elsewhere; where it stands decides here. */
const cells: Readonly<Record<Action, Readonly<Record<State, string>>>> = {
  ...wishes,
  'correct-address': wishes.comment,
  ship: elsewhere({ new: 'no-stock', blocked: 'no-stock' }),
  invoice: elsewhere({ closed: 'closed' }),
  refund: elsewhere({ closed: 'closed' }),
};

export const actions = Object.keys(cells) as readonly Action[];

const objections: Partial<Record<Action, (order: Order) => Why | undefined>> = {
  release: (order) => (asksToCancel(order) ? 'answer-first' : undefined),
  'request-cancel': cancelObjection,
  'accept-buyer-cancel': (order) => (asksToCancel(order) ? cancelObjection(order) : 'no-request'),
  'decline-buyer-cancel': (order) => (asksToCancel(order) ? undefined : 'no-request'),
  ship: (order) => {
    if (order.fulfilledBy === 'amazon') return 'amazon-ships';
    return linesOf(order).some((line) => toShip(line) > 0) ? undefined : 'nothing-to-ship';
  },
  invoice: (order) => (canInvoice(linesOf(order), moneyOf(order)) ? undefined : 'invoiced'),
  refund: (order) => (moneyOf(order).refundableMinor > 0 ? undefined : 'refunded'),
};

function cancelObjection(order: Order): Why | undefined {
  if (order.cancellation?.state === 'requested') return 'asked-already';
  return linesOf(order).some((line) => toCancel(line) > 0) ? undefined : 'nothing-to-ship';
}

function elsewhere(exceptions: Partial<Record<State, Why>>): Readonly<Record<State, string>> {
  const possible = { new: '', blocked: '', processing: '', complete: '', closed: '' };
  return { pending: 'no-order', held: 'held-first', canceled: 'canceled', ...possible, ...exceptions };
}

const linesOf = ({ ledger }: Order) => Object.values(ledger);
