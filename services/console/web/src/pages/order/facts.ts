import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import type { operations as GatewayOperations } from '../../api/generated/amazon-gateway.d.ts';
import type { operations as BillingOperations } from '../../api/generated/billing.d.ts';
import type { operations as FulfillmentOperations } from '../../api/generated/fulfillment.d.ts';
import type { operations as OrderOperations } from '../../api/generated/order.d.ts';
import { type Marketplace, useMarketplace } from '../../api/marketplaces.ts';
import { problemOf } from '../../api/problem.ts';
import { billing, fulfillment, order } from '../../api/services.ts';
import { useScope, useStores } from '../../api/stores.ts';
import { about } from './news.ts';

type Answer<Operation> = Operation extends { responses: { 200: { content: { 'application/json': infer Body } } } } ? Body : never;

export type Order = Answer<OrderOperations['getOrdersByOrderId']>;
export type OrderLine = Order['lines'][number];
export type LedgerLine = Order['ledger'][number];
export type Buyer = Answer<OrderOperations['getOrdersByOrderIdBuyer']>;
export type Comment = Answer<OrderOperations['getOrdersByOrderIdComments']>['items'][number];
export type Shipping = Answer<FulfillmentOperations['getOrdersByOrderIdShipping']>;
export type Shipment = Shipping['shipments'][number];
export type Reservation = Answer<FulfillmentOperations['getReservationsByOrderId']>;
export type Return = Answer<FulfillmentOperations['getReturns']>['items'][number];
export type Billing = Answer<BillingOperations['getOrdersByOrderIdBilling']>;
export type Books = Answer<BillingOperations['getOrdersByOrderIdBooks']>;
export type Invoice = Answer<BillingOperations['getInvoices']>['items'][number];
export type CreditMemo = Answer<BillingOperations['getCreditMemos']>['items'][number];
type Store = Answer<GatewayOperations['getStores']>['items'][number];
export type Contacts = Answer<GatewayOperations['getOrdersByOrderIdContacts']>;

/** What the services know of one order: for the page and for every dialog that opens on it. */
export interface OrderFacts {
  readonly order: Order;
  /** Absent until it is loaded, and when fulfillment does not know the order or does not answer. */
  readonly shipping?: Shipping | undefined;
  readonly invoices: readonly Invoice[];
  readonly creditMemos: readonly CreditMemo[];
  /** Billing has not answered yet: what it would say is not "nothing". */
  readonly isBilling?: boolean;
  /** Absent until it is loaded, and when billing does not know the order or does not answer. */
  readonly billing?: Billing | undefined;
  readonly marketplace?: Marketplace | undefined;
  readonly store?: Store | undefined;
}

export interface OrderFactsQuery {
  readonly facts: OrderFacts | undefined;
  /** Why there is no order, or why it may be out of date. */
  readonly error: Error | null;
  readonly refetch: () => unknown;
  /** Services that did not answer: what they know is missing from the facts. */
  readonly away: readonly string[];
}

const mostDocuments = 100;

/** The order with this id of ours, number of ours, or number of Amazon, and what the other services know of it. */
export const useOrderFacts = (reference: string): OrderFactsQuery => {
  const tenant = useScope();
  const byReference = order.read('/orders/{orderId}', { params: { path: { orderId: reference }, query: { tenant } } });
  const known = useQueryClient().getQueryData(byReference.queryKey)?.id;
  const found = useQuery(known === undefined ? byReference : about(known, byReference));
  const orderId = found.data?.id ?? '';
  const enabled = orderId !== '';
  const ofOrder = { params: { query: { orderId, limit: mostDocuments } } };
  const shipping = useQuery({
    ...about(orderId, fulfillment.read('/orders/{orderId}/shipping', { params: { path: { orderId } } })),
    enabled,
  });
  const bill = useQuery({ ...about(orderId, billing.read('/orders/{orderId}/billing', { params: { path: { orderId } } })), enabled });
  const invoices = useQuery({ ...about(orderId, billing.read('/invoices', ofOrder)), enabled });
  const creditMemos = useQuery({ ...about(orderId, billing.read('/credit-memos', ofOrder)), enabled });
  const marketplace = useMarketplace(found.data?.marketplaceId);
  const store = useStores().find(({ id }) => id === found.data?.tenant);
  const facts = found.data && {
    order: found.data,
    shipping: shipping.data,
    invoices: invoices.data?.items ?? [],
    creditMemos: creditMemos.data?.items ?? [],
    isBilling: [bill, invoices, creditMemos].some(({ isPending }) => isPending),
    billing: bill.data,
    marketplace,
    store,
  };
  const away = [...(isAway(shipping) ? [fulfillment.name] : []), ...([bill, invoices, creditMemos].some(isAway) ? [billing.name] : [])];
  return { facts, error: found.error, refetch: found.refetch, away };
};

/** A service that does not know the order yet has answered. */
const isAway = ({ error }: Pick<UseQueryResult, 'error'>): boolean => error !== null && problemOf(error).status !== 404;
