import { Currency, FulfilledBy } from '@orderbus/contracts';
import { AppError, type FieldIssue, parseMoney } from '@orderbus/kernel';
import { invalidRequest, pageQuery } from '@orderbus/service-kit';
import { z } from 'zod';
import type { Filters } from '../store/filters.ts';
import { StatusSchema } from './views.ts';

const amount = z.string().max(30).describe('A decimal, e.g. 19.99, in `currency`');

export const listQuery = pageQuery.extend({
  status: z
    .preprocess(
      (value) => (value === undefined ? undefined : [value].flat().flatMap((text) => String(text).split(','))),
      z.array(StatusSchema).optional(),
    )
    .meta({ description: 'One or more, comma separated or repeated. Without it, everything that is or was an order' }),
  tenant: z.string().max(200).optional().describe('The store'),
  marketplace: z.string().max(100).optional().describe("Amazon's id of the marketplace"),
  fulfilledBy: FulfilledBy.optional(),
  currency: Currency.optional(),
  minTotal: amount.optional(),
  maxTotal: amount.optional(),
  amazonOrderId: z.string().max(100).optional(),
  number: z.string().max(100).optional().describe('Our number'),
  purchasedFrom: z.iso.datetime({ offset: true }).optional().describe('Inclusive'),
  purchasedTo: z.iso.datetime({ offset: true }).optional().describe('Exclusive'),
});

/** @throws AppError `request.invalid` naming what does not go together. */
export const filtersOf = (query: z.output<typeof listQuery>): Filters => {
  const { limit: _, cursor: __, minTotal, maxTotal, ...filters } = query;
  const errors: FieldIssue[] = [];
  const minorOf = (field: string, text: string | undefined): number | undefined => {
    if (text === undefined) return undefined;
    if (query.currency === undefined) {
      errors.push({ field: 'currency', message: `Required with ${field}: amounts compare only within a currency` });
      return undefined;
    }
    try {
      return parseMoney(text, query.currency).minor;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      errors.push({ field, message: `Invalid amount: expected a decimal in ${query.currency}` });
      return undefined;
    }
  };
  const range = { minTotalMinor: minorOf('minTotal', minTotal), maxTotalMinor: minorOf('maxTotal', maxTotal) };
  if (errors.length > 0) throw invalidRequest(errors);
  return { ...filters, ...range };
};
