/**
 * The number that the next parcel of an order gets: Amazon knows parcels by positive numbers within their order, and takes a number that it
 * knows for an edit. So it is one more than the highest that anybody has used, also Amazon's own or another program's.
 */
export const nextReference = (known: Iterable<string | number>): number =>
  1 + Math.max(0, ...[...known].map(Number).filter((n) => Number.isSafeInteger(n) && n > 0));
