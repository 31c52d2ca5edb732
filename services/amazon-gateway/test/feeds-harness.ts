import {
  type AmazonWriteKind,
  type CancelReason,
  InvoiceUploadRequested,
  type LineQuantity,
  OrderCancellationRequested,
  RefundRequested,
} from '@orderbus/contracts';
import { newId, orderIdOf } from '@orderbus/kernel';
import { eventually, type HttpAnswer } from '@orderbus/testkit';
import type { InvoiceData } from '../src/domain/write-request.ts';
import { type GatewayHarness, gatewayHarness, type HarnessWish } from './gateway-harness.ts';
import { fault } from './reading-harness.ts';

/** A write as the sandbox received it. */
export interface LedgerEntry {
  readonly operation: string;
  readonly orderId?: string;
  readonly feedId?: string;
  readonly messageId?: string;
  readonly effect: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it freely
  readonly request: any;
  readonly reason?: string;
}

export interface AskedRefund {
  readonly lineId: string;
  readonly components: readonly { readonly kind: string; readonly amountMinor: number }[];
}

export interface FeedsHarness extends GatewayHarness {
  /** A new order, imported: with one line of these quantities for each. */
  order(wish?: object, quantities?: readonly number[]): Promise<AnOrder>;
  /** Wants something of an order canceled, and answers with the command's id. */
  cancel(order: AnOrder, wish?: { readonly reason?: CancelReason; readonly lines?: readonly LineQuantity[] }): Promise<string>;
  refund(
    order: AnOrder,
    lines: readonly AskedRefund[],
    wish?: { readonly currency?: string; readonly refundId?: string; readonly attempt?: number },
  ): Promise<string>;
  /** Billing wants Amazon to have a document; answers with the command's id. */
  invoice(order: AnOrder, wish?: Partial<InvoiceData>): Promise<string>;
  /** The command once it is in this state. */
  command(id: string, state: string): Promise<HttpAnswer['body']>;
  feeds(): Promise<HttpAnswer['body'][]>;
  /** What Amazon received. */
  ledger(filter?: object): Promise<LedgerEntry[]>;
  fault(kind: string, details?: object): Promise<() => Promise<void>>;
}

export interface AnOrder {
  readonly orderId: string;
  readonly amazonOrderId: string;
  readonly lines: readonly { readonly lineId: string; readonly totalMinor: number; readonly quantity: number }[];
}

const quick = { AMAZON_FEED_EVERY: '30ms', AMAZON_FEED_PATIENCE: '10ms' };

/** The gateway in front of an Amazon that works through feeds at once. */
export const feedsHarness = async ({ env, sandbox, ...wish }: HarnessWish = {}): Promise<FeedsHarness> => {
  const gateway = await gatewayHarness({
    ...wish,
    sandbox: { feedDelayMs: { queueMs: 0, processingMs: 0 }, ...sandbox },
    env: { AMAZON_SELLER_ID: 'ADEMOSELLERNA1', ...quick, ...env },
  });
  const { service, create, sync, sandbox: amazon } = gateway;
  const ask = async (kind: AmazonWriteKind, key: string, publish: () => Promise<unknown>): Promise<string> => {
    await publish();
    return orderIdOf('na', `${kind}:${key}`);
  };

  return {
    ...gateway,
    order: async (order = {}, quantities = [1]) => {
      const lines = quantities.map((quantity, n) => ({ sku: `SKU-${n}`, quantity }));
      const [amazonOrderId = ''] = await create(1, { marketplaceId: 'ATVPDKIKX0DER', lines, ...order });
      await sync();
      const orderId = orderIdOf('na', amazonOrderId);
      const [row] = await service.app.database.query<{ lines: AnOrder['lines'] }>(
        `select facts -> 'lines' as lines from amazon_order where id = $1`,
        [orderId],
      );
      return { orderId, amazonOrderId, lines: row?.lines ?? [] };
    },
    cancel: ({ orderId, amazonOrderId }, { reason = 'no-inventory', lines } = {}) => {
      const cancellationId = newId();
      const data = { orderId, number: '1', amazonOrderId, cancellationId, reason, ...(lines && { lines: [...lines] }) };
      return ask('cancellation', cancellationId, () =>
        service.publish(OrderCancellationRequested, data, { aggregateId: orderId, aggregateVersion: 2, tenant: 'na' }),
      );
    },
    refund: ({ orderId }, lines, { currency = 'USD', refundId = newId(), attempt } = {}) => {
      const data = { orderId, refundId, ...(attempt && { attempt }), reason: 'customer-return', currency, lines } as never;
      return ask('refund', (attempt ?? 1) === 1 ? refundId : `${refundId}:${attempt}`, () =>
        service.publish(RefundRequested, data, { aggregateId: refundId, aggregateVersion: attempt ?? 1, tenant: 'na' }),
      );
    },
    invoice: ({ orderId }, wish = {}) => {
      const data: InvoiceData = {
        ...{
          orderId,
          documentId: newId(),
          documentType: 'invoice',
          attempt: 1,
          number: newId(),
          currency: 'EUR',
          totalMinor: 1_000,
          taxMinor: 160,
        },
        ...wish,
      };
      const { documentId, attempt } = data;
      return ask('invoice', `${documentId}:${attempt}`, () =>
        service.publish(InvoiceUploadRequested, data, { aggregateId: documentId, aggregateVersion: attempt, tenant: 'na' }),
      );
    },
    command: (id, state) =>
      eventually(async () => {
        const { body } = await service.get(`/commands/${id}`);
        if (body.state !== state) throw new Error(`the command is ${JSON.stringify(body)}`);
        return body;
      }),
    feeds: async () => (await service.get('/feeds')).body.items,
    ledger: async (filter = {}) => {
      const response = await fetch(`${amazon.url}/sandbox/ledger?${new URLSearchParams(filter as Record<string, string>)}`);
      return ((await response.json()) as { entries: LedgerEntry[] }).entries;
    },
    fault: (kind, details) => fault(gateway, kind, details),
  };
};
