import type { paths } from '../../../api/generated/order.d.ts';
import { problemOf } from '../../../api/problem.ts';
import { billing, done, fulfillment, order } from '../../../api/services.ts';
import { meaningOf } from '../../../ui/meaning.ts';
import { sayingOf } from '../../../ui/told.ts';
import { type ListedOrder, nameOf } from '../orders.ts';

type MassBody = NonNullable<paths['/orders/mass']['post']['requestBody']>['content']['application/json']['do'];
export type CancelReason = Extract<MassBody, { action: 'cancel' }>['reason'];

export const cancelReasons = [
  'no-inventory',
  'undeliverable-address',
  'buyer-canceled',
  'customer-exchange',
  'pricing-error',
] as const satisfies readonly CancelReason[];

/** What somebody wants done to all the orders that he has chosen. */
export type Wish =
  | { readonly kind: 'hold'; readonly reason?: string }
  | { readonly kind: 'release' }
  | { readonly kind: 'cancel'; readonly reason: CancelReason }
  | { readonly kind: 'tag'; readonly add: readonly string[]; readonly remove: readonly string[] }
  | { readonly kind: 'status'; readonly status: string }
  | { readonly kind: 'note'; readonly note: string | null }
  | { readonly kind: 'comment'; readonly text: string }
  | { readonly kind: 'invoice' }
  | { readonly kind: 'retry' }
  | { readonly kind: 'packing-slips' }
  | { readonly kind: 'pick-list' }
  | { readonly kind: 'invoices' }
  | { readonly kind: 'credit-memos' };
export type WishKind = Wish['kind'];

/** What became of one of them. */
export interface Outcome {
  readonly id: string;
  readonly name: string;
  readonly done: boolean;
  /** In the service's words. */
  readonly why?: string;
  /** The same, for whom we have words of our own. */
  readonly code?: string;
}

export interface Result {
  readonly outcomes: readonly Outcome[];
  /** The file that was printed. */
  readonly file?: string;
}

/** How often somebody may have asked the same: requests under the same key are done once. */
export interface Asked {
  readonly key: string;
  readonly told: (finished: number) => void;
}

/** Does it to each of them; one that cannot does not keep the others. */
export const run = (wish: Wish, orders: readonly ListedOrder[], asked: Asked): Promise<Result> => {
  switch (wish.kind) {
    case 'hold':
      return together(orders, { action: 'hold', ...(wish.reason ? { reason: wish.reason } : {}) }, asked);
    case 'release':
      return together(orders, { action: 'release' }, asked);
    case 'cancel':
      return together(orders, { action: 'cancel', reason: wish.reason }, asked);
    case 'tag':
      return together(orders, { action: 'tag', add: [...wish.add], remove: [...wish.remove] }, asked);
    case 'comment':
      return together(orders, { action: 'comment', text: wish.text, notify: false, visible: false }, asked);
    case 'status':
      return oneByOne(orders, asked, ({ id }) =>
        order.POST('/orders/{orderId}/status', { params: { path: { orderId: id } }, body: { status: wish.status } }),
      );
    case 'note':
      return oneByOne(orders, asked, ({ id }) =>
        order.PUT('/orders/{orderId}/note', { params: { path: { orderId: id } }, body: { note: wish.note } }),
      );
    case 'retry':
      return oneByOne(orders, asked, ({ id }) => order.POST('/orders/{orderId}/retry', { params: { path: { orderId: id } } }));
    case 'invoice':
      return oneByOne(orders, asked, ({ id }, key) =>
        billing.POST('/invoices', { params: { header: { 'Idempotency-Key': key } }, body: { orderId: id } }),
      );
    case 'packing-slips':
    case 'pick-list':
      return printed(orders, fulfillment.baseUrl, (orderIds) =>
        fulfillment.POST('/print-jobs', { params: keyed(asked.key), body: { orderIds, documents: [wish.kind] } }),
      );
    case 'invoices':
    case 'credit-memos':
      return printed(orders, billing.baseUrl, (orderIds) =>
        billing.POST('/print-jobs', { params: keyed(asked.key), body: { orderIds, documents: [wish.kind] } }),
      );
  }
};

/** As many as the services do, or print, at a time. */
export const mostAtOnce = 500;

const keyed = (key: string) => ({ header: { 'Idempotency-Key': key } });

const together = async (orders: readonly ListedOrder[], what: MassBody, { key, told }: Asked): Promise<Result> => {
  const names = new Map(orders.map((one) => [one.id, nameOf(one)]));
  const outcomes: Outcome[] = [];
  for (let from = 0; from < orders.length; from += mostAtOnce) {
    const ids = orders.slice(from, from + mostAtOnce).map(({ id }) => id);
    const { items } = await done(order.POST('/orders/mass', { params: keyed(`${key}-${from}`), body: { ids, do: what } }));
    outcomes.push(...items.map(({ id, ...became }) => ({ ...became, id, name: names.get(id) ?? id })));
    told(outcomes.length);
  }
  return { outcomes };
};

const sideBySide = 4;

const oneByOne = async (
  orders: readonly ListedOrder[],
  { key, told }: Asked,
  act: (one: ListedOrder, key: string) => Promise<unknown>,
): Promise<Result> => {
  const outcomes: Outcome[] = [];
  const left = orders.values();
  const worker = async (): Promise<void> => {
    for (const one of left) {
      outcomes.push(await outcomeOf(one, () => act(one, `${key}-${one.id}`)));
      told(outcomes.length);
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, worker));
  return { outcomes };
};

const outcomeOf = async (one: ListedOrder, act: () => Promise<unknown>): Promise<Outcome> => {
  const about = { id: one.id, name: nameOf(one) };
  try {
    await act();
    return { ...about, done: true };
  } catch (error) {
    const problem = problemOf(error);
    const code = problem.fact('reason');
    return { ...about, done: false, why: meaningOf(problem), ...(code === undefined ? {} : { code }) };
  }
};

type PrintJob = { readonly data?: { id: string; results: { orderId: string; printable: boolean; code?: string; why?: string }[] } };

const printed = async (orders: readonly ListedOrder[], baseUrl: string, post: (ids: string[]) => Promise<PrintJob>): Promise<Result> => {
  const names = new Map(orders.map((one) => [one.id, nameOf(one)]));
  const { id, results } = await done(post(orders.map((one) => one.id)));
  return {
    file: `${baseUrl}/print-jobs/${id}/pdf`,
    outcomes: results.map(({ orderId, printable, code, why: words }) => ({
      id: orderId,
      name: names.get(orderId) ?? orderId,
      done: printable,
      ...(words ? { why: sayingOf({ code, words }) } : {}),
    })),
  };
};
