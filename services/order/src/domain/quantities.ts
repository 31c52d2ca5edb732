/** What became of the units of a line. The units that are there any number of times are counted each time: a unit may be shipped and refunded. */
export interface Units {
  /** Ever ordered: Amazon lowers the quantity of a line when units of it are canceled. */
  readonly ordered: number;
  readonly invoiced: number;
  readonly shipped: number;
  readonly refunded: number;
  /** The refunded units that never left us. */
  readonly refundedUnshipped: number;
  readonly canceled: number;
}

export const noUnits: Units = { ordered: 0, invoiced: 0, shipped: 0, refunded: 0, refundedUnshipped: 0, canceled: 0 };

export const toInvoice = ({ ordered, invoiced, canceled }: Units): number => notLess(ordered - invoiced - canceled);

/**
 * A refund of shipped units leaves the others to be shipped. Taking the larger of shipped and refunded instead, as is customary, forgets
 * units when what was refunded is not what was shipped.
 */
export const toShip = ({ ordered, canceled, shipped, refundedUnshipped }: Units): number =>
  notLess(ordered - canceled - shipped - refundedUnshipped);

export const toRefund = ({ invoiced, refunded }: Units): number => notLess(invoiced - refunded);

/** An order of Amazon's is invoiced as soon as it comes in, so an invoice does not keep units from being canceled. */
export const toCancel = (units: Units): number => toShip(units);

export type LineStatus = 'ordered' | 'shipped' | 'invoiced' | 'refunded' | 'canceled' | 'partial' | 'mixed';

/** A line in one word: the first that fits. */
export const lineStatusOf = (units: Units): LineStatus => {
  const { ordered, invoiced, shipped, refunded, canceled } = units;
  const wanted = ordered - canceled - refunded;
  if (invoiced + shipped + refunded + canceled === 0) return 'ordered';
  if (shipped > 0 && shipped === invoiced && shipped === wanted) return 'shipped';
  if (invoiced > 0 && invoiced === wanted && shipped === 0) return 'invoiced';
  if (refunded > 0 && refunded === ordered) return 'refunded';
  if (canceled > 0 && canceled === ordered) return 'canceled';
  return Math.max(shipped, invoiced) < wanted ? 'partial' : 'mixed';
};

const notLess = (units: number): number => Math.max(units, 0);
