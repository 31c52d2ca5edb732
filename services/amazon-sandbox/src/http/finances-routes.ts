import express, { type Request, type Router } from 'express';
import { AmazonError, invalidInput } from '../amazon/amazon-error.ts';
import { postingsOf, renderPosting } from '../amazon/finances.ts';
import { singleParameters } from '../amazon/parameters.ts';
import type { WorldOrder } from '../world/order.ts';
import type { Seller } from '../world/sellers.ts';
import { type Admission, admit } from './admit.ts';
import type { Faults } from './faults.ts';

export interface FinancesApi extends Admission {
  readonly faults: Faults;
  /** How long a booking takes until it is shown. */
  readonly financesDelayMs: number;
  readonly transactionsPerPage: number;
}

const parameters = [
  'postedAfter',
  'postedBefore',
  'marketplaceId',
  'transactionStatus',
  'relatedIdentifierName',
  'relatedIdentifierValue',
  'nextToken',
];

/** Finances API 2024-06-19, as far as it tells of one order. */
export const financesRoutes = (api: FinancesApi): Router => {
  const router = express.Router();
  router.get(
    '/finances/2024-06-19/transactions',
    api.faults.guard('listTransactions'),
    admit(api, 'listTransactions'),
    (request, response) => {
      response.json({ payload: listTransactions(api, request, response.locals.seller as Seller) });
    },
  );
  return router;
};

const listTransactions = (api: FinancesApi, { query }: Request, { sellerId }: Seller) => {
  const { relatedIdentifierName: name, relatedIdentifierValue: value, nextToken } = singleParameters(query, parameters);
  if (name === undefined || value === undefined)
    throw new AmazonError(400, 'InvalidInput', 'Start date cannot be null', 'Start date cannot be null');
  if (name !== 'ORDER_ID') throw invalidInput('relatedIdentifierName', name, 'Only transactions of an order are played here: ORDER_ID');
  const from = nextToken === undefined ? 0 : readToken(nextToken, value);
  const order = api.world.orders.find(value);
  const all = order?.sellerId === sellerId ? visible(api, order) : [];
  const to = from + api.transactionsPerPage;
  return {
    ...(to < all.length && { nextToken: tokenFor(value, to) }),
    transactions: order ? all.slice(from, to).map((posting) => renderPosting(posting, order)) : [],
  };
};

/** Amazon's books are behind, by up to two days. */
const visible = ({ clock, faults, financesDelayMs }: FinancesApi, order: WorldOrder) => {
  const lateMs = faults.about('finances-late', order).reduce((longest, { lateByMs }) => Math.max(longest, lateByMs), financesDelayMs);
  const now = clock.now().getTime();
  return postingsOf(order).filter(({ postedAt }) => postedAt + lateMs <= now);
};

const tokenFor = (orderId: string, from: number): string => Buffer.from(JSON.stringify([orderId, from])).toString('base64');

/** @throws AmazonError 400 when it belongs to another request. */
const readToken = (token: string, orderId: string): number => {
  const [, digits] = new RegExp(`^\\["${orderId.replace(/\W/g, '\\$&')}",(\\d+)\\]$`).exec(Buffer.from(token, 'base64').toString()) ?? [];
  if (digits === undefined)
    throw invalidInput('nextToken', token, 'Member must be a token returned by this operation, for these parameters');
  return Number(digits);
};
