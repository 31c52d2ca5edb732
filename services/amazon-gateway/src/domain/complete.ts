import type { OrderLine } from '@orderbus/contracts';
import type { Dataset } from './datasets.ts';
import type { Snapshot } from './translate.ts';
import { cashOnDelivery } from './translate-line.ts';

/**
 * An order of which Amazon refused to show some datasets, completed with what it showed of them before: nothing that is known is
 * overwritten by nothing. The buyer's part is kept apart and merged there.
 */
export const complete = (seen: Snapshot, known: Snapshot, without: readonly Dataset[]): Snapshot => {
  const orderFields = without.flatMap((dataset) => parts[dataset].order);
  const lineFields = without.flatMap((dataset) => parts[dataset].line);
  const before = new Map(known.lines.map((line) => [line.lineId, line]));
  return {
    ...withFieldsOf(seen, known, orderFields),
    lines: seen.lines.map((line) => {
      const earlier = before.get(line.lineId) ?? line;
      const completed = withFieldsOf(line, earlier, lineFields);
      return hidesPayment(without) ? paidAsBefore(completed, earlier) : completed;
    }),
  };
};

/** That a line is paid on delivery shows in these two. */
const hidesPayment = (without: readonly Dataset[]): boolean => without.includes('PROCEEDS') || without.includes('FULFILLMENT');

const paidAsBefore = (line: OrderLine, before: OrderLine): OrderLine => {
  if (!before.programs?.includes(cashOnDelivery) || line.programs?.includes(cashOnDelivery)) return line;
  return { ...line, programs: [...(line.programs ?? []), cashOnDelivery].sort() };
};

/**
 * Can an order be understood that is seen for the first time like this? Not without its status and whose warehouse ships it.
 * Everything else comes later, as an update.
 */
export const isUnderstood = (without: readonly Dataset[]): boolean => !without.includes('FULFILLMENT');

/** Is something missing that has to do with money? A person should look before any moves. */
export const lacksMoney = (without: readonly Dataset[]): boolean => without.includes('PROCEEDS') || without.includes('TAX');

/** What each dataset fills. */
const parts: Readonly<Record<Dataset, { readonly order: readonly (keyof Snapshot)[]; readonly line: readonly (keyof OrderLine)[] }>> = {
  FULFILLMENT: {
    order: ['status', 'fulfilledBy', 'serviceLevel', 'shipBy', 'deliverBy', 'cancellation'],
    line: ['quantityShipped', 'iossNumber'],
  },
  RECIPIENT: { order: ['shipToCountry'], line: [] },
  BUYER: { order: [], line: [] },
  PROCEEDS: { order: ['totals', 'balanced'], line: ['amounts', 'taxes'] },
  PROMOTION: { order: [], line: ['promotionIds'] },
  CANCELLATION: { order: ['cancelRequested', 'cancellation'], line: [] },
  PACKAGES: { order: ['packages'], line: [] },
  TAX: { order: [], line: ['taxCollectedBy', 'taxScheme'] },
};

const withFieldsOf = <T extends object>(seen: T, known: T, fields: readonly (keyof T)[]): T => {
  const result = { ...seen };
  for (const field of fields) {
    if (known[field] === undefined) delete result[field];
    else result[field] = known[field];
  }
  return result;
};
