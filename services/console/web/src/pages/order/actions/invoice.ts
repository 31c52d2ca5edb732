import type { Billing } from '../facts.ts';

type LineLeft = Billing['toBill']['lines'][number];
export type Quantities = Readonly<Record<string, number>>;

export const allOf = (lines: readonly { readonly lineId: string; readonly quantity: number }[]): Quantities =>
  Object.fromEntries(lines.map(({ lineId, quantity }) => [lineId, quantity]));

export const isAll = (quantities: Quantities, lines: readonly { readonly lineId: string; readonly quantity: number }[]): boolean =>
  lines.every(({ lineId, quantity }) => quantities[lineId] === quantity);

export const isNone = (quantities: Quantities): boolean => Object.values(quantities).every((quantity) => quantity === 0);

/** Named, unless it is all: what is left when the server decides is then billed to the cent. */
export const namedLines = (
  quantities: Quantities,
  lines: readonly { readonly lineId: string; readonly quantity: number }[],
): { lineId: string; quantity: number }[] | undefined =>
  isAll(quantities, lines)
    ? undefined
    : lines.map(({ lineId }) => ({ lineId, quantity: quantities[lineId] ?? 0 })).filter(({ quantity }) => quantity > 0);

export interface Estimate {
  readonly minor: number;
  /** Of a part, the document says exactly: what was paid once goes on the first invoice that it can. */
  readonly exact: boolean;
}

/** What the invoice will come to: all that is due, or these units' part of what is left. */
export const estimateOf = (billing: Pick<Billing, 'dueMinor' | 'invoicedMinor' | 'toBill'>, quantities: Quantities): Estimate => {
  const { lines } = billing.toBill;
  if (isAll(quantities, lines)) return { minor: billing.dueMinor - billing.invoicedMinor, exact: true };
  const partOf = ({ lineId, quantity, totalMinor }: LineLeft): number =>
    quantity === 0 ? 0 : (totalMinor * (quantities[lineId] ?? 0)) / quantity;
  return { minor: Math.round(lines.reduce((sum, line) => sum + partOf(line), 0)), exact: false };
};
