import type { AmazonPackage, LineQuantity } from '@orderbus/contracts';
import type { Snapshot } from './translate.ts';

/** What is remembered of an order's content, for checks before anything is written to Amazon. No buyer data. */
export interface Facts {
  readonly programs: readonly string[];
  readonly currency?: string;
  readonly totalMinor?: number;
  readonly lines: readonly LineFacts[];
  readonly packages: readonly PackageFacts[];
  /** Of the marketplace. */
  readonly country?: string;
}

export interface LineFacts extends LineQuantity {
  readonly sku: string;
  readonly quantityShipped: number;
  readonly totalMinor?: number;
  readonly taxMinor?: number;
  /** The price contains the tax: it is not given back apart. */
  readonly taxIncluded?: boolean;
  readonly programs?: readonly string[];
}

type PackageFacts = Omit<AmazonPackage, 'status'>;

export const factsIn = ({ programs, totals, lines, packages, country }: Snapshot): Facts => ({
  programs,
  ...(totals && { currency: totals.currency, totalMinor: totals.grandTotalMinor }),
  lines: lines.map(({ lineId, sku, quantity, quantityShipped, amounts, taxes, programs: own }) => ({
    lineId,
    sku,
    quantity,
    quantityShipped,
    ...(amounts && { totalMinor: amounts.totalMinor, taxMinor: amounts.taxMinor }),
    ...(taxes && { taxIncluded: taxes.included }),
    ...(own && { programs: own }),
  })),
  packages: (packages ?? []).map(({ status: _, ...rest }) => rest),
  ...(country !== undefined && { country }),
});
