import { z } from 'zod';
import type { Dataset } from '../domain/datasets.ts';
import { OrdersPageJson } from './order-schema.ts';
import { queryOf, type Request } from './request.ts';

/** A window of changes or of creations, and where in it. Every page of it is asked for with the same parameters. */
interface OrdersRequest {
  /** Exactly one of the two; ISO times. */
  readonly lastUpdatedAfter?: string | undefined;
  readonly createdAfter?: string | undefined;
  /** With `createdAfter` only. At least two minutes ago. */
  readonly createdBefore?: string | undefined;
  readonly paginationToken?: string | undefined;
  readonly includedData: readonly Dataset[];
  readonly maxResultsPerPage?: number | undefined;
  /** How many calls of the budget it leaves to more urgent work. */
  readonly spare?: number | undefined;
}

export interface OrdersPage {
  /** As they came: `readOrder` makes sense of them. */
  readonly orders: readonly unknown[];
  readonly nextToken: string | undefined;
  /** How far Amazon has looked, by its own clock: the upper end of the window. */
  readonly until: string | undefined;
}

export interface OrdersApi {
  searchOrders(request: OrdersRequest, signal: AbortSignal): Promise<OrdersPage>;
  /** The order as it came. @throws AppError `amazon.not-found` */
  getOrder(amazonOrderId: string, includedData: readonly Dataset[], signal: AbortSignal): Promise<unknown>;
}

export const ordersApi = (request: Request, marketplaces: () => readonly string[]): OrdersApi => ({
  searchOrders: async (search, signal) => {
    const { lastUpdatedAfter, createdAfter, createdBefore, paginationToken, includedData, maxResultsPerPage = 100, spare } = search;
    const query = queryOf({
      lastUpdatedAfter: inUtc(lastUpdatedAfter),
      createdAfter: inUtc(createdAfter),
      createdBefore: inUtc(createdBefore),
      marketplaceIds: marketplaces(),
      maxResultsPerPage: String(maxResultsPerPage),
      includedData,
      paginationToken,
    });
    const { orders, pagination, ...window } = await request(
      { operation: 'searchOrders', path: `/orders/2026-01-01/orders?${query}`, spare },
      OrdersPageJson,
      signal,
    );
    return { orders, nextToken: pagination?.nextToken ?? undefined, until: window.lastUpdatedBefore ?? window.createdBefore ?? undefined };
  },
  getOrder: async (amazonOrderId, includedData, signal) => {
    const path = `/orders/2026-01-01/orders/${encodeURIComponent(amazonOrderId)}?${queryOf({ includedData })}`;
    return (await request({ operation: 'getOrder', path, subject: amazonOrderId }, OrderJson, signal)).order;
  },
});

const OrderJson = z.object({ order: z.record(z.string(), z.unknown()) });

/** Amazon refuses some offsets from UTC, and reads a `+` that is not encoded as a space. */
const inUtc = (time: string | undefined): string | undefined => time && new Date(time).toISOString();
