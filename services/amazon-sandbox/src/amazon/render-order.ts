import { AppError } from '@orderbus/kernel';
import type {
  Buyer,
  Order,
  OrderFulfillment,
  OrderPackage,
  OrderPayment,
  OrderTax,
  OrderTaxRegistration,
  Recipient,
  SalesChannel,
} from '@sp-api-sdk/orders-api-2026-01-01';
import { type Marketplace, marketplaceOf } from '../world/marketplaces.ts';
import type { Window, WorldOrder, WorldPackage } from '../world/order.ts';
import type { Role } from './applications.ts';
import { type IncludedData, includedDataValues } from './included-data.ts';
import { overlay } from './overlay.ts';
import { grandTotalOf, moneyOf, orderProceeds } from './proceeds.ts';
import { renderItem } from './render-item.ts';
import { everything, type Visibility, visibilityFor, visibleAddress } from './visibility.ts';

/** Who asks, and when: what buyer data is shown depends on both. */
export interface Asking {
  readonly now: number;
  readonly roles: readonly Role[];
}

/** The order as Orders API 2026-01-01 answers it to a seller's application that asked for these datasets. */
export const renderOrder = (order: WorldOrder, included: ReadonlySet<IncludedData>, asking: Asking): Order => {
  const marketplace = marketplaceFor(order);
  return render(order, included, marketplace, visibilityFor(order, marketplace, asking));
};

/** The order with nothing left out, as only the sandbox knows it. */
export const renderWholeOrder = (order: WorldOrder): Order => render(order, allData, marketplaceFor(order), everything);

const allData: ReadonlySet<IncludedData> = new Set(includedDataValues);

const marketplaceFor = ({ marketplaceId }: WorldOrder): Marketplace => {
  const marketplace = marketplaceOf(marketplaceId);
  if (!marketplace) throw new AppError('bug', 'sandbox.marketplace-unknown', { marketplaceId });
  return marketplace;
};

const render = (order: WorldOrder, included: ReadonlySet<IncludedData>, marketplace: Marketplace, visible: Visibility): Order => {
  const has = (data: IncludedData): boolean => included.has(data);
  const recipient = has('RECIPIENT') && recipientOf(order, visible);
  const buyer = has('BUYER') && buyerOf(order, visible);
  const tax = has('TAX') && taxOf(order, marketplace, visible);
  const rendered: Order = {
    orderId: order.orderId,
    ...(order.sellerOrderId && { orderAliases: [{ aliasId: order.sellerOrderId, aliasType: 'SELLER_ORDER_ID' }] }),
    createdTime: isoTime(order.createdTime),
    lastUpdatedTime: isoTime(order.lastUpdatedTime),
    ...(order.programs.length > 0 && { programs: [...order.programs] }),
    ...(order.replaces && { associatedOrders: [{ orderId: order.replaces, associationType: 'REPLACEMENT_ORIGINAL_ID' }] }),
    salesChannel: channelOf(order, marketplace),
    ...(buyer && { buyer }),
    ...(recipient && { recipient }),
    ...(has('PROCEEDS') && visible.prices && { proceeds: orderProceeds(order, marketplace) }),
    ...(has('PAYMENT') && visible.prices && { payment: paymentOf(order, marketplace) }),
    ...(tax && { tax }),
    ...(has('FULFILLMENT') && { fulfillment: fulfillmentOf(order, visible) }),
    orderItems: order.lines.map((line) => renderItem(line, marketplace, included, visible)),
    ...(has('PACKAGES') && order.packages.length > 0 && { packages: order.packages.map((each) => packageOf(each, marketplace)) }),
  };
  return order.raw ? (overlay(rendered, order.raw) as Order) : rendered;
};

const buyerOf = ({ buyer }: WorldOrder, visible: Visibility): Buyer | undefined => {
  const shown: Buyer = {
    ...(visible.buyerName && { buyerName: buyer.name }),
    ...(visible.buyerEmail && { buyerEmail: buyer.email }),
    ...(visible.buyerName && buyer.company && { buyerCompanyName: buyer.company }),
    ...(visible.buyerName && buyer.purchaseOrder && { buyerPurchaseOrderNumber: buyer.purchaseOrder }),
  };
  return Object.keys(shown).length > 0 ? shown : undefined;
};

const recipientOf = (order: WorldOrder, visible: Visibility): Recipient | undefined => {
  const deliveryAddress = visibleAddress(order.address, visible.address);
  return deliveryAddress && { deliveryAddress, ...(visible.wishes && order.delivery && { deliveryPreference: order.delivery }) };
};

/** Other channels have ids of their own, which no search accepts. */
const channelOf = ({ channel }: WorldOrder, { id, name, country }: Marketplace): SalesChannel =>
  channel
    ? { channelName: channel, marketplaceId: elsewhereIds[country] ?? 'A2ZV50J4W1RKNI', marketplaceName: `Non-Amazon ${country}` }
    : { channelName: 'AMAZON', marketplaceId: id, marketplaceName: name };

const elsewhereIds: Readonly<Record<string, string>> = { DE: 'A38D8NSA03LJTC', ES: 'AFQLKURYRPEL8' };

const fulfillmentOf = (order: WorldOrder, visible: Visibility): OrderFulfillment => ({
  fulfillmentStatus: order.status,
  fulfilledBy: order.fulfilledBy,
  fulfillmentServiceLevel: order.serviceLevel,
  ...(visible.confirmed && { shipByWindow: rangeOf(order.shipBy), deliverByWindow: rangeOf(order.deliverBy) }),
});

const paymentOf = (order: WorldOrder, { currency }: Marketplace): OrderPayment => ({
  paymentExecutions: [{ paymentMethod: order.paymentMethod, paymentAmount: moneyOf(grandTotalOf(order), currency) }],
});

/** Business buyers with a VAT number, with the seller who bills them; and Amazon, where it declares the VAT itself. */
const taxOf = (order: WorldOrder, marketplace: Marketplace, visible: Visibility): OrderTax | undefined => {
  if (!visible.taxRegistrations) return undefined;
  const buyer = buyerRegistration(order, marketplace, visible);
  const taxRegistrations = [...(buyer ? [buyer, merchantRegistration(marketplace)] : []), ...marketplaceRegistration(order)];
  return taxRegistrations.length > 0 ? { taxRegistrations } : undefined;
};

/** The address is buyer data and keeps its rules. */
const buyerRegistration = (
  { buyer, address }: WorldOrder,
  { country }: Marketplace,
  visible: Visibility,
): OrderTaxRegistration | undefined => {
  if (!buyer.vatNumber || !buyer.company) return undefined;
  const taxRegistrationAddress = visibleAddress(address, visible.address === 'full' ? 'without-phone' : visible.address);
  return {
    entityType: 'BUYER',
    legalName: buyer.company,
    taxRegistrationType: 'VAT',
    taxRegistrationNumber: buyer.vatNumber,
    taxRegistrationAddress: { ...taxRegistrationAddress, countryCode: country },
  };
};

const merchantRegistration = ({ country }: Marketplace): OrderTaxRegistration => ({
  entityType: 'MERCHANT',
  legalName: 'Harbor & Pine',
  taxRegistrationType: 'VAT',
  taxRegistrationNumber: `${country}000000001`,
});

const marketplaceRegistration = ({ lines }: WorldOrder): OrderTaxRegistration[] => {
  const scheme = lines.find((line) => line.scheme)?.scheme;
  if (!scheme) return [];
  return [
    { entityType: 'MARKETPLACE', taxRegistrationType: scheme, taxRegistrationNumber: scheme === 'IOSS' ? 'IM2760000742' : 'EU000000742' },
  ];
};

const packageOf = (shipped: WorldPackage, { country }: Marketplace): OrderPackage => ({
  packageReferenceId: shipped.referenceId,
  createdTime: isoTime(shipped.confirmedAt ?? shipped.shippedAt),
  packageStatus: { status: shipped.progress ?? 'SHIPPED' },
  carrier: shipped.carrier,
  shipTime: isoTime(shipped.shippedAt),
  ...(shipped.service && { shippingService: shipped.service }),
  trackingNumber: shipped.trackingNumber,
  shipFromAddress: {
    name: 'Harbor & Pine Warehouse',
    addressLine1: '1 Example Dock',
    city: 'Sampleton',
    postalCode: '00001',
    countryCode: country,
  },
  packageItems: shipped.items.map(({ transparencyCodes, ...item }) => ({
    ...item,
    ...(transparencyCodes && { transparencyCodes: [...transparencyCodes] }),
  })),
});

const rangeOf = ({ from, to }: Window) => ({ earliestDateTime: isoTime(from), latestDateTime: isoTime(to) });

const isoTime = (time: number): string => new Date(time).toISOString();
