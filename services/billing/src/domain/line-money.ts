import type { Amounts, LineTaxes } from '@orderbus/contracts';

/** The money of a line, or of some of its units: what is paid by kind, and its tax by kind where that is known. */
export interface LineMoney {
  readonly amounts: Amounts;
  readonly taxes?: LineTaxes | undefined;
}

type AmountKind = keyof Omit<Amounts, 'totalMinor'>;
type TaxKind = keyof Omit<LineTaxes, 'included'>;

const amountKinds: readonly AmountKind[] = ['itemMinor', 'shippingMinor', 'giftWrapMinor', 'taxMinor', 'discountMinor', 'otherMinor'];
const taxKinds: readonly TaxKind[] = ['itemMinor', 'shippingMinor', 'giftWrapMinor', 'discountMinor', 'otherMinor'];

/** Which kinds go by the unit, which at once, and which not at all. */
export interface Sharing {
  readonly shipping: 'whole' | 'none';
  readonly giftWrap: 'whole' | 'by-unit';
}

/** With the first units that are billed goes what was paid once: shipping and gift wrap. */
export const billing: Sharing = { shipping: 'whole', giftWrap: 'whole' };

/** Shipping is given back on its own. */
export const givingBack: Sharing = { shipping: 'none', giftWrap: 'by-unit' };

/** With all units of a line, or without any unit. */
export const everything: Sharing = { shipping: 'whole', giftWrap: 'whole' };

export const nothing: LineMoney = {
  amounts: { itemMinor: 0, shippingMinor: 0, giftWrapMinor: 0, taxMinor: 0, discountMinor: 0, otherMinor: 0, totalMinor: 0 },
};

export const isNothing = ({ amounts }: LineMoney): boolean => amountKinds.every((kind) => amounts[kind] === 0);

export const plus = (a: LineMoney, b: LineMoney): LineMoney => combined(a, b, 1);
export const minus = (a: LineMoney, b: LineMoney): LineMoney => combined(a, b, -1);

export const sumOf = (all: readonly LineMoney[]): LineMoney => all.reduce(plus, nothing);

/**
 * The share of `quantity` of the `of` units whose money is left. Whoever takes the last ones takes all that is left: so shares add up to
 * the cent, however a line is split.
 */
export const shareOf = ({ amounts, taxes }: LineMoney, quantity: number, of: number, sharing: Sharing): LineMoney => {
  const byUnit = (minor: number): number => (quantity >= of ? minor : Math.trunc((minor * quantity) / of) + 0);
  const byKind = (kind: AmountKind | TaxKind, minor: number): number => {
    if (kind === 'shippingMinor') return sharing.shipping === 'whole' ? minor : 0;
    return kind === 'giftWrapMinor' && sharing.giftWrap === 'whole' ? minor : byUnit(minor);
  };
  // A tax on shipping that costs nothing (any more) has nothing to go with.
  const byTaxKind = (kind: TaxKind, minor: number): number =>
    kind === 'shippingMinor' && amounts.shippingMinor === 0 ? byUnit(minor) : byKind(kind, minor);
  const shared = taxes && { included: taxes.included, ...mapped(taxKinds, (kind) => byTaxKind(kind, taxes[kind])) };
  const told = taxes && !taxes.included ? added(taxes) : 0;
  const taxMinor = (shared && !shared.included ? added(shared) : 0) + byUnit(amounts.taxMinor - told);
  const parts = { ...mapped(amountKinds, (kind) => byKind(kind, amounts[kind])), taxMinor };
  return moneyOf(parts, shared);
};

/** So much of the shipping that is left, with the tax on it. */
export const shippingOf = ({ amounts, taxes }: LineMoney, shippingMinor: number): LineMoney => {
  const part = (minor: number): number =>
    shippingMinor === amounts.shippingMinor ? minor : Math.trunc((minor * shippingMinor) / amounts.shippingMinor) + 0;
  const shared = taxes && {
    ...{ included: taxes.included, itemMinor: 0, giftWrapMinor: 0, discountMinor: 0, otherMinor: 0 },
    shippingMinor: shippingMinor === 0 ? 0 : part(taxes.shippingMinor),
  };
  const taxMinor = shared && !shared.included ? shared.shippingMinor : 0;
  return moneyOf({ ...nothing.amounts, shippingMinor, taxMinor }, shared);
};

const combined = (a: LineMoney, b: LineMoney, sign: 1 | -1): LineMoney => {
  const parts = mapped(amountKinds, (kind) => a.amounts[kind] + sign * b.amounts[kind]);
  if (a.taxes === undefined && b.taxes === undefined) return moneyOf(parts, undefined);
  const included = (a.taxes ?? b.taxes)?.included ?? false;
  return moneyOf(parts, { included, ...mapped(taxKinds, (kind) => (a.taxes?.[kind] ?? 0) + sign * (b.taxes?.[kind] ?? 0)) });
};

const moneyOf = (parts: Record<AmountKind, number>, taxes: LineTaxes | undefined): LineMoney => ({
  amounts: { ...mapped(amountKinds, (kind) => parts[kind]), totalMinor: amountKinds.reduce((sum, kind) => sum + parts[kind], 0) },
  ...(taxes === undefined ? {} : { taxes }),
});

const added = (taxes: Omit<LineTaxes, 'included'>): number => taxKinds.reduce((sum, kind) => sum + taxes[kind], 0);

const mapped = <Kind extends string>(kinds: readonly Kind[], minorOf: (kind: Kind) => number): Record<Kind, number> =>
  Object.fromEntries(kinds.map((kind) => [kind, minorOf(kind)])) as Record<Kind, number>;
