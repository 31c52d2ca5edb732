import type { Amounts, LineTaxes, OrderLine } from '@orderbus/contracts';
import { sumMinor } from '@orderbus/kernel';

/** What tax is on. `other` is also where a line's tax stands that Amazon does not tell apart by kind. */
const taxKinds = ['item', 'shipping', 'gift-wrap', 'discount', 'other'] as const;
export type TaxKind = (typeof taxKinds)[number];

/** What has to be known of a line of a document. */
export interface TaxedLine extends Pick<OrderLine, 'lineId' | 'taxCollectedBy'> {
  readonly amounts: Amounts;
  readonly taxes?: LineTaxes | undefined;
  readonly taxScheme?: string | undefined;
}

export interface TaxOptions {
  /** Where it is sold to, ISO 3166. */
  readonly country?: string | null | undefined;
  /** The seller's own tax rates in percent, by country: for prices that contain a tax which Amazon does not tell. */
  readonly rates?: Readonly<Record<string, number>> | undefined;
  /** The one of them that a document was issued with: later ones do not count for it. */
  readonly vatRate?: number | null | undefined;
}

/** Tax of one kind. `baseMinor` is without the tax, be it included in the price or not: base and tax are what the buyer paid. */
export interface TaxRow {
  readonly kind: TaxKind;
  /** What the marketplace collects, it also owes: it is never the seller's. */
  readonly collectedBy: OrderLine['taxCollectedBy'];
  /** The prices contain it. */
  readonly included: boolean;
  /** `ioss`, `uoss`: the scheme under which the marketplace reports it. */
  readonly scheme?: string;
  readonly baseMinor: number;
  readonly taxMinor: number;
  /** In percent; only where the tax is computed by the seller's own rate. Without it, the tax is the one that Amazon tells. */
  readonly rate?: number;
}

/** Part of what the lines cost: all of them together, base and tax, are the sum of the lines' totals, to the cent. */
export interface MoneyRow extends TaxRow {
  /** Does anybody tell the tax of this? Otherwise the base is simply what was paid. */
  readonly known: boolean;
  /** What its base is part of. A tax of a whole line is no kind's own. */
  readonly of: TaxKind;
  /** What the tax is on besides the base: the other rows of the line that it is told for. */
  readonly taxedMinor: number;
}

/** The taxes of these lines by kind, by who collects them, and by scheme. Nothing where no tax is known. */
export const taxSummary = (lines: readonly TaxedLine[], options: TaxOptions = {}): TaxRow[] =>
  moneyOf(lines, options)
    .filter(({ known }) => known)
    .map(({ known: _, of: __, taxedMinor, ...row }) => ({ ...row, baseMinor: row.baseMinor + taxedMinor }));

/** What the seller owes to the state by these rows. */
export const taxDueOfSeller = (rows: readonly TaxRow[]): number =>
  sumMinor(rows.filter(({ collectedBy }) => collectedBy === 'seller').map(({ taxMinor }) => taxMinor));

/** Only here Amazon adds the tax to the prices. Everywhere else they contain it. It counts where a line does not say. */
const taxOnTop: ReadonlySet<string> = new Set(['US', 'CA', 'PR']);

/** Everything that these lines cost, in the order of `taxKinds`. */
export const moneyOf = (lines: readonly TaxedLine[], options: TaxOptions = {}): MoneyRow[] => {
  const groups = Map.groupBy(
    lines.flatMap((line) => partsOf(line, options)),
    ({ kind, of, collectedBy, included, scheme, rate, known }) =>
      [taxKinds.indexOf(kind), of, collectedBy, included, scheme, rate, known].join(),
  );
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, parts]) => {
      const [first] = parts as [MoneyRow, ...MoneyRow[]];
      const whole = { ...first, ...addedUp(parts) };
      return first.rate === undefined ? whole : split(whole, first.rate);
    })
    .filter(({ known, baseMinor, taxMinor }) => known || baseMinor !== 0 || taxMinor !== 0);
};

const addedUp = (parts: readonly MoneyRow[]): Pick<MoneyRow, 'baseMinor' | 'taxMinor' | 'taxedMinor'> => ({
  baseMinor: sumMinor(parts.map(({ baseMinor }) => baseMinor)),
  taxMinor: sumMinor(parts.map(({ taxMinor }) => taxMinor)),
  taxedMinor: sumMinor(parts.map(({ taxedMinor }) => taxedMinor)),
});

/** Rounded once for the whole row, half away from zero, so that a row and what is given back of it are mirror images. */
const split = (row: MoneyRow, rate: number): MoneyRow => {
  const baseMinor = netOf(row.baseMinor, rate);
  return { ...row, baseMinor, taxMinor: row.baseMinor - baseMinor };
};

/** Exact: percents have three decimals at most, and the product may be too large for a number. */
const netOf = (grossMinor: number, rate: number): number => {
  const whole = BigInt(100_000 + Math.round(rate * 1_000));
  const doubled = BigInt(Math.abs(grossMinor)) * 200_000n + whole;
  const rounded = Number(doubled / (2n * whole));
  return grossMinor < 0 ? -rounded : rounded;
};

const partsOf = (line: TaxedLine, options: TaxOptions): MoneyRow[] => {
  const { amounts, taxes, taxCollectedBy: collectedBy, taxScheme: scheme } = line;
  const who = { collectedBy, ...(scheme === undefined ? {} : { scheme }) };
  if (taxes && !isOfWhole(taxes))
    return [...told(amounts, taxes, who), ...rest(amounts.taxMinor - (taxes.included ? 0 : totalTax(taxes)), who)];
  if (taxes) return ofWhole(amounts, taxes.otherMinor, { ...who, included: taxes.included });
  if (amounts.taxMinor !== 0) return ofWhole(amounts, amounts.taxMinor, { ...who, included: false });
  const included = typeof options.country === 'string' && !taxOnTop.has(options.country);
  const parts = plain(amounts, { ...who, included });
  // What the marketplace collects is not guessed at: it keeps what it keeps.
  const rate = included && collectedBy === 'seller' ? ownRate(options) : undefined;
  return rate === undefined ? parts : parts.map((part) => ({ ...part, rate, known: true }));
};

/** Amazon tells a tax, and of no kind that it is on it: it is on everything. */
const isOfWhole = (taxes: LineTaxes): boolean =>
  taxes.otherMinor !== 0 && kindsOf(taxes).every(([kind, minor]) => kind === 'other' || minor === 0);

const ownRate = ({ country, rates, vatRate }: TaxOptions): number | undefined => vatRate ?? rates?.[country ?? ''];

type Who = Pick<TaxRow, 'collectedBy' | 'scheme'>;

/** Amazon tells the tax of each kind. */
const told = (amounts: Amounts, taxes: LineTaxes, who: Who): MoneyRow[] => {
  const taxOf = new Map(kindsOf(taxes));
  return kindsOf(amounts).flatMap(([kind, minor]) => {
    const taxMinor = taxOf.get(kind) ?? 0;
    if (minor === 0 && taxMinor === 0) return [];
    const baseMinor = taxes.included ? minor - taxMinor : minor;
    return [{ ...who, kind, of: kind, included: taxes.included, baseMinor, taxMinor, taxedMinor: 0, known: true }];
  });
};

/** Tax on top of which no kind is told, beside that of which it is. */
const rest = (taxMinor: number, who: Who): MoneyRow[] =>
  taxMinor === 0 ? [] : [{ ...who, kind: 'other', of: 'other', included: false, baseMinor: 0, taxMinor, taxedMinor: 0, known: true }];

/** Where prices contain it, the goods are worth less by it: how much of it is in the shipping, nobody tells. */
const ofWhole = (amounts: Amounts, taxMinor: number, who: Who & { readonly included: boolean }): MoneyRow[] => {
  const onlyGoods = amounts.shippingMinor === 0 && amounts.giftWrapMinor === 0 && amounts.otherMinor === 0;
  const taxedMinor = sumMinor(kindsOf(amounts).map(([, minor]) => minor));
  const baseMinor = who.included ? -taxMinor : 0;
  return [
    ...plain(amounts, who),
    { ...who, kind: onlyGoods ? 'item' : 'other', of: 'item', baseMinor, taxMinor, taxedMinor, known: true },
    ...rest(amounts.taxMinor - (who.included ? 0 : taxMinor), who),
  ];
};

/** Nobody tells the tax. */
const plain = (amounts: Amounts, who: Who & { readonly included: boolean }): MoneyRow[] =>
  kindsOf(amounts)
    .filter(([, minor]) => minor !== 0)
    .map(([kind, baseMinor]) => ({ ...who, kind, of: kind, baseMinor, taxMinor: 0, taxedMinor: 0, known: false }));

type Kinds = Omit<LineTaxes, 'included'>;

const kindsOf = (by: Kinds): [TaxKind, number][] => [
  ['item', by.itemMinor],
  ['shipping', by.shippingMinor],
  ['gift-wrap', by.giftWrapMinor],
  ['discount', by.discountMinor],
  ['other', by.otherMinor],
];

const totalTax = (taxes: Kinds): number => sumMinor(kindsOf(taxes).map(([, minor]) => minor));
