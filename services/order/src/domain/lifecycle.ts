import type { Command } from './order.ts';

/**
 * Where an order stands.
 * `pending`: seen at Amazon, not an order yet. `new`: waits for stock. `blocked`: stock is missing. `processing`: can be packed.
 * `held`: a person stopped it, or the buyer asked to cancel. `complete`: shipped. `closed`: all of it was paid back.
 * `canceled`: nothing more will be delivered.
 */
export const states = ['pending', 'new', 'blocked', 'processing', 'held', 'complete', 'closed', 'canceled'] as const;
export type State = (typeof states)[number];

/** Still to be shipped, at least in part. */
export const isOpen = (state: State): boolean => state === 'new' || state === 'blocked' || state === 'processing';

/**
 * What happens to an order in this state.
 * Facts: `as-observed`: see the table of what Amazon shows. `too-early`: comes again later; an order that we have not heard of counts as
 * `pending`. `remember`: kept with the order; the rule of where it goes by itself is applied. `start`: processing begins. `block`: it waits,
 * and says what for. `wait`: back to new, its units are gone. `come-in`: it becomes an order if the rules of its store let it in now.
 * `try-again`: its lines get the names that our products have now, and its stock is looked for. `answer`: Amazon's answer to a cancellation. `beneath`: happens to the order as it
 * would be without the hold, which stays as long as there is something to be shipped.
 * Wishes: `hold`, `release`. `ask`: Amazon is asked to cancel. `decline`: the buyer does not get his cancellation. `write`: kept, in any
 * state. `look-again`: its stock is looked for now. `admit`: processed although stock is missing.
 */
export type Effect =
  | 'as-observed'
  | 'too-early'
  | 'remember'
  | 'start'
  | 'block'
  | 'wait'
  | 'come-in'
  | 'try-again'
  | 'answer'
  | 'beneath'
  | 'hold'
  | 'release'
  | 'ask'
  | 'decline'
  | 'write'
  | 'look-again'
  | 'admit';

/** Why a wish is not granted; [gates.ts](./gates.ts) has the words. */
export type Objection =
  | 'no-order'
  | 'held-first'
  | 'held-already'
  | 'not-held'
  | 'not-blocked'
  | 'no-request'
  | 'shipped'
  | 'closed'
  | 'canceled';

type Row<Cell> = Readonly<Record<State, Cell>>;

/** One cell per state, in this order; the compiler refuses a missing one. */
const row = <const Cell>(
  pending: Cell,
  fresh: Cell,
  blocked: Cell,
  processing: Cell,
  held: Cell,
  complete: Cell,
  closed: Cell,
  canceled: Cell,
): Row<Cell> => ({ pending, new: fresh, blocked, processing, held, complete, closed, canceled });

const told = row<Effect>('too-early', 'remember', 'remember', 'remember', 'beneath', 'remember', 'remember', 'remember');
const answered = row<Effect>('too-early', 'answer', 'answer', 'answer', 'beneath', 'answer', 'answer', 'answer');
const written = row<Effect | Objection>('no-order', 'write', 'write', 'write', 'write', 'write', 'write', 'write');

/** What happens elsewhere: it does not wait for a hold to end. */
export const facts = {
  observe: row('as-observed', 'as-observed', 'as-observed', 'as-observed', 'beneath', 'as-observed', 'as-observed', 'as-observed'),
  reconsider: row('come-in', 'try-again', 'try-again', 'try-again', 'beneath', 'remember', 'remember', 'remember'),
  'stock-reserved': row('come-in', 'start', 'start', 'remember', 'beneath', 'remember', 'remember', 'remember'),
  'stock-short': row('remember', 'block', 'block', 'block', 'beneath', 'remember', 'remember', 'remember'),
  'stock-released': row('remember', 'remember', 'wait', 'wait', 'beneath', 'remember', 'remember', 'remember'),
  'invoice-issued': told,
  'invoice-canceled': told,
  'invoice-corrected': told,
  'parcel-sent': told,
  'refund-requested': told,
  'refund-accepted': told,
  'cancellation-accepted': answered,
  'cancellation-refused': answered,
  'address-checked': row('come-in', 'remember', 'remember', 'remember', 'beneath', 'remember', 'remember', 'remember'),
} as const satisfies Record<string, Row<Effect>>;

/** What people want. */
export const wishes = {
  hold: row('no-order', 'hold', 'hold', 'hold', 'held-already', 'shipped', 'closed', 'canceled'),
  release: row('no-order', 'not-held', 'not-held', 'not-held', 'release', 'not-held', 'not-held', 'not-held'),
  'request-cancel': row('no-order', 'ask', 'ask', 'ask', 'held-first', 'shipped', 'closed', 'canceled'),
  'accept-buyer-cancel': row('no-order', 'no-request', 'no-request', 'no-request', 'ask', 'shipped', 'closed', 'canceled'),
  'decline-buyer-cancel': row('no-order', 'no-request', 'no-request', 'no-request', 'decline', 'shipped', 'closed', 'canceled'),
  comment: written,
  'set-status': written,
  'set-note': written,
  'set-tags': written,
  renumber: written,
  retry: row('no-order', 'not-blocked', 'look-again', 'not-blocked', 'held-first', 'shipped', 'closed', 'canceled'),
  admit: row('no-order', 'not-blocked', 'admit', 'not-blocked', 'held-first', 'shipped', 'closed', 'canceled'),
} as const satisfies Record<string, Row<Effect | Objection>>;

export type FactType = keyof typeof facts;
export type WishType = keyof typeof wishes;
export const isFact = (command: Command): command is Extract<Command, { type: FactType }> => command.type in facts;
