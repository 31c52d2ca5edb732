import { AppError, decimalsOf } from '@orderbus/kernel';
import { z } from 'zod';
import type { Transaction } from '../domain/booking.ts';
import { codes } from './codes.ts';
import { queryOf, type Request } from './request.ts';

export interface FinancesApi {
  /** The refunds of an order that stand in Amazon's books, which are up to two days behind. Needs the role Finance and Accounting. */
  listRefunds(amazonOrderId: string, signal: AbortSignal): Promise<Transaction[]>;
}

export const financesApi = (request: Request): FinancesApi => ({
  listRefunds: async (amazonOrderId, signal) => {
    const found: Transaction[] = [];
    let nextToken: string | undefined;
    // Pages may be empty, and there is another one as long as there is a token. Without a marketplace: with it, some sellers get nothing.
    for (let page = 0; page < mostPages; page++) {
      const query = queryOf({ relatedIdentifierName: 'ORDER_ID', relatedIdentifierValue: amazonOrderId, nextToken });
      const path = `/finances/2024-06-19/transactions?${query}`;
      const { payload } = await request({ operation: 'listTransactions', path, subject: amazonOrderId }, TransactionsJson, signal);
      found.push(...(payload?.transactions ?? []).flatMap(refundIn));
      nextToken = payload?.nextToken ?? undefined;
      if (nextToken === undefined) return found;
    }
    throw new AppError('unavailable', codes.circle, { operation: 'listTransactions' });
  },
});

/** 500 transactions each. */
const mostPages = 20;

interface BreakdownJson {
  readonly breakdownType?: string | null | undefined;
  readonly breakdownAmount?: z.output<typeof AmountJson> | null | undefined;
  readonly breakdowns?: readonly BreakdownJson[] | null | undefined;
}

const AmountJson = z.object({ currencyAmount: z.coerce.number().nullish(), currencyCode: z.string().nullish() });
const BreakdownJson: z.ZodType<BreakdownJson> = z.lazy(() =>
  z.object({ breakdownType: z.string().nullish(), breakdownAmount: AmountJson.nullish(), breakdowns: z.array(BreakdownJson).nullish() }),
);
const TransactionJson = z.object({
  transactionId: z.string().nullish(),
  transactionType: z.string().nullish(),
  transactionStatus: z.string().nullish(),
  postedDate: z.string().nullish(),
  totalAmount: AmountJson.nullish(),
  // Amazon's model says both: a list, and an object with the list in it.
  breakdowns: z
    .union([z.array(BreakdownJson), z.object({ breakdowns: z.array(BreakdownJson).nullish() }).transform(({ breakdowns }) => breakdowns)])
    .nullish(),
});
type TransactionJson = z.output<typeof TransactionJson>;
const TransactionsJson = z.object({
  payload: z.object({ nextToken: z.string().min(1).nullish(), transactions: z.array(TransactionJson).nullish() }).nullish(),
});

/** What is deferred has not moved yet, and comes again under another name when it does. */
const refundIn = ({
  transactionId,
  transactionType,
  transactionStatus,
  postedDate,
  totalAmount,
  breakdowns,
}: TransactionJson): Transaction[] => {
  const currency = totalAmount?.currencyCode;
  if (!/^refund$/i.test(transactionType ?? '') || /^deferred$/i.test(transactionStatus ?? '')) return [];
  if (!transactionId || !currency || !postedDate || Number.isNaN(Date.parse(postedDate))) return [];
  const minorOf = (amount: number): number => Math.round(amount * 10 ** decimalsOf(currency));
  const toBuyer = (breakdowns ?? []).map(buyersShare).reduce((sum, amount) => sum + amount, 0);
  const amounts = [toBuyer, totalAmount.currencyAmount ?? 0].map((amount) => -minorOf(amount));
  return [
    {
      transactionId,
      currency,
      settledAt: new Date(postedDate).toISOString(),
      amountsMinor: [...new Set(amounts)].filter((minor) => minor > 0),
    },
  ];
};

/** Amazon gives its fees back to the seller, and takes back the tax that it had remitted: neither is the buyer's. */
const notTheBuyers = /fee|commission|withheld/i;

const buyersShare = ({ breakdownType, breakdownAmount, breakdowns }: BreakdownJson): number => {
  if (notTheBuyers.test(breakdownType ?? '')) return 0;
  if (breakdowns && breakdowns.length > 0) return breakdowns.map(buyersShare).reduce((sum, amount) => sum + amount, 0);
  return breakdownAmount?.currencyAmount ?? 0;
};
