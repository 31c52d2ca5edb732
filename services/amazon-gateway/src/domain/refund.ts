import type { RefundComponent, RefundReason } from '@orderbus/contracts';
import { decimalsOf, formatMoney } from '@orderbus/kernel';
import { type Check, isObstacle, type KnownPicture, known, type Obstacle, obstacle, obstacleForNow, shipmentOf } from './feed-check.ts';
import { countryOf } from './marketplaces.ts';
import { pricesContainTax } from './tax-custom.ts';
import type { Picture } from './write-kind.ts';

/** What somebody wants to pay back. */
export interface Refund {
  readonly refundId: string;
  /** Absent: the first. */
  readonly attempt?: number | undefined;
  readonly reason: RefundReason;
  readonly currency: string;
  readonly lines: readonly { readonly lineId: string; readonly components: readonly RefundAmount[] }[];
}

/** How often this refund has been asked for, this time included. */
export const attemptOf = ({ attempt = 1 }: Pick<Refund, 'attempt'>): number => attempt;

/** All that the buyer is to get. */
export const refundMinor = ({ lines }: Pick<Refund, 'lines'>): number => sumOf(lines.map(({ components }) => netMinor(components)));

interface RefundAmount {
  readonly kind: RefundComponent;
  readonly amountMinor: number;
}

/** As Amazon is asked: one entry per line, one amount per kind. */
export type RefundPlan = readonly {
  readonly lineId: string;
  /** Our name for it. Amazon shows it, and does not tell two equal ones apart. */
  readonly adjustmentId: string;
  readonly components: readonly RefundAmount[];
}[];

/**
 * Never more than was paid and has not gone back, by line and altogether; what may have gone back counts as gone. Amazon does not
 * notice when it is told of one refund twice: this is the only guard.
 */
export const planRefund = (refund: Refund, picture: Picture): Check<RefundPlan> => {
  const order = known(picture);
  if (isObstacle(order)) return { obstacle: order };
  if (isTooEarly(order, refund) && shipmentOf(order) === 'open')
    return { wait: 'Amazon has not confirmed the shipment of this order yet.' };
  const backMinor = refundedByLine(refund, picture);
  const inTheWay = obstacleOf(order, refund) ?? obstacleOfLines(order, refund, backMinor) ?? obstacleOfTotal(order, refund, backMinor);
  if (inTheWay) return { obstacle: inTheWay };
  const isInside = pricesContainTax(countryOf(order.marketplaceId));
  const contains = (lineId: string): boolean =>
    isInside || order.facts.lines.some((line) => line.lineId === lineId && line.taxIncluded === true);
  return {
    plan: refund.lines.map(({ lineId, components }, n) => ({
      lineId,
      adjustmentId: `${refund.refundId}-${n + 1}`,
      components: addUp(contains(lineId) ? components.map(withTaxInside) : components),
    })),
  };
};

type ByLine = ReadonlyMap<string, number>;

const obstacleOf = (order: KnownPicture, { currency, lines }: Refund): Obstacle | undefined => {
  const { status, facts } = order;
  if (status === 'canceled') return obstacle('order.canceled', 'The order is canceled: the buyer was not charged for it.');
  if (isTooEarly(order, { lines })) return obstacleForNow('refund.too-early', 'This has not been shipped: cancel it instead.');
  if (facts.currency === undefined) return obstacleForNow('order.no-amounts', 'Amazon has not told what was paid for this order.');
  if (facts.currency !== currency)
    return obstacle('refund.other-currency', `The order was paid in ${facts.currency}, the refund is in ${currency}.`, {
      paidIn: facts.currency,
      askedIn: currency,
    });
  if (decimalsOf(currency) > 2)
    return obstacle('refund.too-precise', `Amazon takes two decimals at most, ${currency} has ${decimalsOf(currency)}.`, {
      askedIn: currency,
      decimals: decimalsOf(currency),
    });
  const twice = lines.find(({ lineId }, n) => lines.findIndex((line) => line.lineId === lineId) < n);
  return twice && obstacle('line.twice', `Line ${twice.lineId} is named twice: add its amounts up.`, { line: twice.lineId });
};

/** Amazon pays back only what it has seen leave. */
const isTooEarly = (order: KnownPicture, { lines }: Pick<Refund, 'lines'>): boolean => {
  if (order.status === 'pending') return true;
  if (order.status === 'shipped' || shipmentOf(order) === 'told') return false;
  return order.facts.lines.some(({ lineId, quantityShipped }) => quantityShipped === 0 && lines.some((line) => line.lineId === lineId));
};

const obstacleOfLines = (order: KnownPicture, refund: Refund, backMinor: ByLine): Obstacle | undefined => {
  for (const { lineId, components } of refund.lines) {
    const line = order.facts.lines.find((each) => each.lineId === lineId);
    if (!line) return obstacleForNow('line.unknown', `The order has no line ${lineId}.`, { line: lineId });
    const amiss = obstacleOfAmounts(lineId, components);
    if (amiss) return amiss;
    const tooMuch = obstacleOfSum(lineId, refund.currency, netMinor(components), line.totalMinor ?? 0, backMinor.get(lineId) ?? 0);
    if (tooMuch) return tooMuch;
  }
  return undefined;
};

const obstacleOfAmounts = (lineId: string, components: readonly RefundAmount[]): Obstacle | undefined => {
  for (const { kind, amountMinor } of components) {
    if (kind === 'restocking-fee' && amountMinor >= 0)
      return obstacle('refund.wrong-sign', `Line ${lineId}: the restocking fee is kept, so it must be negative.`, {
        line: lineId,
        component: kind,
      });
    if (kind !== 'restocking-fee' && amountMinor <= 0)
      return obstacle('refund.wrong-sign', `Line ${lineId}: the ${kind} is given back, so it must be positive.`, {
        line: lineId,
        component: kind,
      });
  }
  return netMinor(components) > 0
    ? undefined
    : obstacle('refund.no-credit', `Line ${lineId}: Amazon takes only refunds that give the buyer more than they keep.`, { line: lineId });
};

const obstacleOfTotal = ({ facts }: KnownPicture, { lines, currency }: Refund, backMinor: ByLine): Obstacle | undefined =>
  obstacleOfSum(undefined, currency, refundMinor({ lines }), facts.totalMinor ?? 0, sumOf([...backMinor.values()]));

const obstacleOfSum = (
  line: string | undefined,
  currency: string,
  askedMinor: number,
  paidMinor: number,
  backMinor: number,
): Obstacle | undefined => {
  if (askedMinor <= paidMinor - backMinor) return undefined;
  const [asked, paid, back] = [askedMinor, paidMinor, backMinor].map((minor) => formatMoney({ minor, currency }));
  return obstacleForNow(
    'refund.too-much',
    `${line === undefined ? 'The order' : `Line ${line}`}: ${asked} ${currency} are to be given back, of ${paid} that were paid; ${back} have gone back already, or may have.`,
    { ...(line !== undefined && { line }), askedMinor, paidMinor, backMinor, currency },
  );
};

/** By other refunds, and by other attempts at this one. What is not known to have failed counts, also what still waits. */
const refundedByLine = (refund: Refund, { earlier }: Picture): Map<string, number> => {
  const sums = new Map<string, number>();
  for (const { state, request } of earlier) {
    if (request.kind !== 'refund' || state === 'failed' || isSame(request, refund)) continue;
    for (const { lineId, components } of request.lines) sums.set(lineId, (sums.get(lineId) ?? 0) + netMinor(components));
  }
  return sums;
};

const isSame = (a: Refund, b: Refund): boolean => a.refundId === b.refundId && attemptOf(a) === attemptOf(b);

/** Where the price contains the tax, Amazon refuses to be told of it apart. */
const inside: Partial<Record<RefundComponent, RefundComponent>> = {
  'item-tax': 'item',
  'shipping-tax': 'shipping',
  'gift-wrap-tax': 'gift-wrap',
};

const withTaxInside = ({ kind, amountMinor }: RefundAmount): RefundAmount => ({ kind: inside[kind] ?? kind, amountMinor });

const addUp = (components: readonly RefundAmount[]): RefundAmount[] =>
  [...Map.groupBy(components, ({ kind }) => kind)].map(([kind, parts]) => ({ kind, amountMinor: netMinor(parts) }));

const netMinor = (components: readonly RefundAmount[]): number => sumOf(components.map(({ amountMinor }) => amountMinor));

const sumOf = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);
