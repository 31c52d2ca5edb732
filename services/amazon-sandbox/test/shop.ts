import type { Order } from '@sp-api-sdk/orders-api-2026-01-01';
import type { SandboxConfig, Seller } from '../src/app.ts';
import { type Answer, everyDataset, northAmerica, startOfTest, startSandbox, type WholeOrder } from './harness.ts';

export interface LedgerEntry {
  readonly sequence: number;
  readonly at: string;
  readonly operation: string;
  readonly orderId?: string;
  readonly packageReference?: string;
  readonly feedId?: string;
  readonly messageId?: string;
  readonly effect: string;
  readonly request: unknown;
  readonly reason?: string;
}

/** A package of the first item, told a minute after the purchase. */
export const packageOf = (order: WholeOrder, overrides: Record<string, unknown> = {}) => ({
  packageReferenceId: '1',
  carrierCode: 'UPS',
  shippingMethod: 'UPS Ground',
  trackingNumber: '1Z-EXAMPLE',
  shipDate: new Date(startOfTest).toISOString(),
  orderItems: [{ orderItemId: order.orderItems[0]?.orderItemId, quantity: order.orderItems[0]?.quantityOrdered }],
  ...overrides,
});

export const envelope = (messageType: string, contents: readonly string[], merchant = northAmerica.sellerId): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<AmazonEnvelope xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="amzn-envelope.xsd">',
    `<Header><DocumentVersion>1.01</DocumentVersion><MerchantIdentifier>${merchant}</MerchantIdentifier></Header>`,
    `<MessageType>${messageType}</MessageType>`,
    ...contents.map((content, index) => `<Message><MessageID>${index + 1}</MessageID>${content}</Message>`),
    '</AmazonEnvelope>',
  ].join('');

export const xmlContentType = 'text/xml; charset=UTF-8';

/** A sandbox whose sellers write. */
export const startShop = async (config: Partial<SandboxConfig> = {}) => {
  const started = await startSandbox(config);
  const { call, accessToken, clock, create, getOrder } = started;

  const asSeller = async <T>(seller: Seller, method: string, path: string, body?: unknown): Promise<Answer<T>> =>
    call<T>(method, path, body, { 'x-amz-access-token': await accessToken(seller) });

  const upload = async (url: string, content: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(url, { method: 'PUT', body: content, headers: { 'content-type': xmlContentType, ...headers } });

  const submit = async (feedType: string, content: string, seller = northAmerica): Promise<string> => {
    const { feedDocumentId, url } = (
      await asSeller<{ feedDocumentId: string; url: string }>(seller, 'POST', '/feeds/2021-06-30/documents', {
        contentType: xmlContentType,
      })
    ).body;
    await upload(url, content);
    const marketplaceIds = seller.sells.map(([id]) => id);
    const { body } = await asSeller<{ feedId: string }>(seller, 'POST', '/feeds/2021-06-30/feeds', {
      feedType,
      marketplaceIds,
      inputFeedDocumentId: feedDocumentId,
    });
    return body.feedId;
  };

  const getFeed = async (feedId: string, seller = northAmerica) =>
    (await asSeller<{ processingStatus: string; resultFeedDocumentId?: string }>(seller, 'GET', `/feeds/2021-06-30/feeds/${feedId}`)).body;

  const reportOf = async (feedId: string, seller = northAmerica): Promise<string> => {
    const { resultFeedDocumentId } = await getFeed(feedId, seller);
    const path = `/feeds/2021-06-30/documents/${resultFeedDocumentId}?enableContentEncodingUrlHeader=true`;
    const { url } = (await asSeller<{ url: string }>(seller, 'GET', path)).body;
    return (await fetch(url)).text();
  };

  return {
    ...started,
    asSeller,
    upload,
    submit,
    getFeed,
    reportOf,
    /** Submits a feed, waits until it is processed, and gives its report. */
    process: async (feedType: string, content: string, seller = northAmerica): Promise<string> => {
      const feedId = await submit(feedType, content, seller);
      clock.forward(60_000);
      return reportOf(feedId, seller);
    },
    /** One order of the first seller, merchant-fulfilled and UNSHIPPED unless wished otherwise. */
    order: async (wish: Record<string, unknown> = {}): Promise<WholeOrder> => {
      const defaults = {
        marketplaceId: 'ATVPDKIKX0DER',
        fulfilledBy: 'MERCHANT',
        fulfillmentStatus: 'UNSHIPPED',
        programs: [],
        itemPrograms: [],
      };
      const [order] = await create({ ...defaults, lines: [{ sku: 'SKU-MUG-BLUE', quantity: 3 }], ...wish });
      return order as WholeOrder;
    },
    confirm: (order: WholeOrder, packageDetail: unknown, others: Record<string, unknown> = {}, seller = northAmerica) =>
      asSeller<{ errors: { code: string; message: string }[] }>(seller, 'POST', `/orders/v0/orders/${order.orderId}/shipmentConfirmation`, {
        marketplaceId: order.salesChannel.marketplaceId,
        packageDetail,
        ...others,
      }),
    /** The order as its seller sees it now. */
    seen: async (order: WholeOrder, seller = northAmerica): Promise<Order> =>
      (await getOrder(order.orderId, { includedData: everyDataset }, seller)).body.order,
    /** The order as only the sandbox knows it. */
    truthOf: async (order: WholeOrder) =>
      (await call<{ order: WholeOrder & { sandbox: { refunds?: unknown[] } } }>('GET', `/sandbox/orders/${order.orderId}`)).body.order,
    ledger: async (query: Record<string, string> = {}): Promise<LedgerEntry[]> =>
      (await call<{ entries: LedgerEntry[] }>('GET', `/sandbox/ledger?${new URLSearchParams(query)}`)).body.entries,
  };
};

export type Shop = Awaited<ReturnType<typeof startShop>>;
