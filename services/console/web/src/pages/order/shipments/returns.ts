import { fulfillment } from '../../../api/services.ts';
import { about } from '../news.ts';

const mostReturns = 100;

/** What came back of an order. */
export const returnsQuery = (orderId: string) =>
  about(orderId, fulfillment.read('/returns', { params: { query: { orderId, limit: mostReturns } } }));
