import { parseMoney } from '@orderbus/kernel';
import { told } from './http.ts';

/** An order as it stands at Amazon, in the few words that matter to the comparison. */
export interface TrueOrder {
  readonly tenant: string;
  readonly amazonOrderId: string;
  readonly marketplaceId: string;
  readonly status: string;
  readonly byMerchant: boolean;
  /** It replaces an earlier one, free of charge. */
  readonly replaces: boolean;
  /** Amazon writes the invoice. */
  readonly invoicedByAmazon: boolean;
  readonly grandTotalMinor: number;
  readonly currency: string | undefined;
  readonly unitsToShip: number;
  /** The buyer asks to cancel, and nobody has answered. */
  readonly asksToCancel: boolean;
}

interface ListedItem {
  readonly quantityOrdered: number;
  readonly fulfillment?: { readonly quantityFulfilled?: number };
  readonly cancellation?: { readonly cancellationRequest?: unknown };
}

interface Listed {
  readonly orderId: string;
  readonly associatedOrders?: readonly unknown[];
  readonly programs?: readonly string[];
  readonly salesChannel: { readonly marketplaceId: string };
  readonly fulfillment: { readonly fulfillmentStatus: string; readonly fulfilledBy: string };
  readonly proceeds?: { readonly grandTotal?: { readonly amount: string; readonly currencyCode: string } };
  readonly orderItems: readonly ListedItem[] | null;
  readonly sandbox: { readonly sellerId: string };
}

/** Everything that the sandbox knows, nothing hidden. */
export const ordersAtAmazon = async (sandboxUrl: string): Promise<TrueOrder[]> => {
  const { sellers } = await told('GET', `${sandboxUrl}/sandbox/sellers`);
  const tenants = new Map<string, string>(
    sellers.map((seller: { sellerId: string; region: string }) => [seller.sellerId, `demo-${seller.region.toLowerCase()}`]),
  );
  const listed: Listed[] = [];
  for (let after: number | undefined = 0; after !== undefined; ) {
    const page: { orders: Listed[]; after?: number } = await told('GET', `${sandboxUrl}/sandbox/orders?limit=1000&after=${after}`);
    listed.push(...page.orders);
    after = page.after;
  }
  return listed.map((order) => trueOrder(order, tenants.get(order.sandbox.sellerId) ?? 'nobody'));
};

const trueOrder = (order: Listed, tenant: string): TrueOrder => {
  const total = order.proceeds?.grandTotal;
  return {
    tenant,
    amazonOrderId: order.orderId,
    marketplaceId: order.salesChannel.marketplaceId,
    status: order.fulfillment.fulfillmentStatus,
    byMerchant: order.fulfillment.fulfilledBy === 'MERCHANT',
    replaces: (order.associatedOrders ?? []).length > 0,
    invoicedByAmazon: order.programs?.includes('INVOICE_BY_AMAZON') ?? false,
    grandTotalMinor: total ? parseMoney(total.amount, total.currencyCode).minor : 0,
    currency: total?.currencyCode,
    unitsToShip: (order.orderItems ?? []).reduce((sum, item) => sum + item.quantityOrdered - (item.fulfillment?.quantityFulfilled ?? 0), 0),
    asksToCancel: (order.orderItems ?? []).some((item) => Boolean(item.cancellation?.cancellationRequest)),
  };
};
