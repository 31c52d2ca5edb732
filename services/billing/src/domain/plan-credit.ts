import type { FieldIssue } from '@orderbus/kernel';
import { decimalsOf, formatMoney } from '@orderbus/kernel';
import { lineOf } from './bill.ts';
import { type Correction, differenceOf } from './correct.ts';
import type { CreditLine, RefundLine } from './credit-memo.ts';
import { givingBack, isNothing, plus, shareOf, shippingOf } from './line-money.ts';
import type { CreditWish, OrderBilling } from './order-billing.ts';
import { allocate, type LineCredit, netOf, refundLineOf } from './refund-request.ts';
import { backMinor, isIssued, type Left, leftToGiveBack, paidMinor, roomOf, sum } from './remaining.ts';

/** What a wish comes to, by the figures of this moment. */
export interface CreditPlan extends Correction {
  readonly shippingMinor: number;
  /** The most of it that can go back. */
  readonly shippingLeftMinor: number;
  readonly paidMinor: number;
  /** What has gone back, or may have. */
  readonly backMinor: number;
  /** The most that can go back: paid and not back. A tip belongs to no line, and Amazon pays back by line. */
  readonly capMinor: number;
  readonly asked: readonly RefundLine[];
  /** Why it is not possible, naming what is wrong in the wish. */
  readonly problems: readonly FieldIssue[];
  /** What a person should know before. */
  readonly warnings: readonly string[];
}

type Order = Omit<OrderBilling, 'id' | 'tenant' | 'version'>;
type Shares = readonly { readonly left: Left; readonly line: CreditLine }[];

export const planCredit = (order: Order, wish: CreditWish): CreditPlan =>
  wish.kind === 'correction' ? planCorrection(order, wish) : planRefund(order, wish);

const planRefund = (order: Order, wish: CreditWish): CreditPlan => {
  const all = leftToGiveBack(order);
  const { shares, problems: wrongLines } = sharesOf(all, wish);
  const shipping = shippingShares(all, shares, wish);
  const lines = withShipping(all, shares, shipping.shares);
  const refundMinor = wish.adjustmentRefundMinor ?? percentOf(order.dueMinor, wish.adjustmentRefundPercent);
  const feeMinor = wish.adjustmentFeeMinor ?? percentOf(order.dueMinor, wish.adjustmentFeePercent);
  const linesMinor = sum(lines.map(({ amounts }) => amounts.totalMinor));
  const totalMinor = linesMinor + refundMinor - feeMinor;
  const rooms = new Map(order.lines.map(({ lineId }) => [lineId, roomOf(order, lineId)]));
  const capMinor = sum([...rooms.values()]);
  const credits = adjusted(order, lines, refundMinor, feeMinor, rooms);
  const saying = sayingIn(order.currency);
  const standing = { paidMinor: paidMinor(order), backMinor: backMinor(order), capMinor };
  const figures = { linesMinor, feeMinor, totalMinor, ...standing };
  const problems = [
    ...gate(order),
    ...wrongLines,
    ...shippingProblems(wish, shipping.leftMinor, saying),
    ...(wrongLines.length > 0 ? [] : totalProblems(figures, saying)),
  ];
  return {
    ...{ lines, tipMinor: 0, shippingMinor: shipping.minor, shippingLeftMinor: shipping.leftMinor },
    ...{ adjustmentRefundMinor: refundMinor, adjustmentFeeMinor: feeMinor, totalMinor, ...standing },
    asked: credits.filter((credit) => netOf(credit) !== 0).map(refundLineOf),
    problems: problems.length > 0 ? problems : lineProblems(credits, rooms, saying),
    warnings: order.shipped ? [] : ['Nothing of it is known to have shipped: Amazon pays back only what has left. Cancel it instead'],
  };
};

/** Credits what was billed beyond what Amazon says is due. Nobody is paid: Amazon has not charged it. */
const planCorrection = (order: Order, wish: CreditWish): CreditPlan => {
  const difference = differenceOf(order);
  const named = (
    ['lines', 'shippingMinor', 'adjustmentRefundMinor', 'adjustmentRefundPercent', 'adjustmentFeeMinor', 'adjustmentFeePercent'] as const
  )
    .filter((field) => wish[field] !== undefined)
    .map((field) => ({
      field,
      message: 'A correction credits the difference to what is due: it has no parts to choose',
      code: 'credit.no-parts',
    }));
  const none =
    difference.totalMinor > 0 ? [] : [{ field: 'kind', message: 'No more was billed than is due', code: 'credit.nothing-to-correct' }];
  const shippingMinor = sum(difference.lines.map(({ amounts }) => amounts.shippingMinor));
  return {
    ...{ ...difference, shippingMinor, shippingLeftMinor: Math.max(shippingMinor, 0) },
    ...{ paidMinor: paidMinor(order), backMinor: backMinor(order), capMinor: Math.max(difference.totalMinor, 0) },
    ...{ asked: [], problems: [...billedGate(order), ...named, ...none], warnings: [] },
  };
};

const billedGate = ({ status, invoices }: Order): FieldIssue[] => {
  if (status === 'canceled')
    return [{ field: 'orderId', message: 'The order is canceled: the buyer was not charged for it', code: 'credit.canceled' }];
  return invoices.some(isIssued)
    ? []
    : [{ field: 'orderId', message: 'Nothing of this order was billed: there is nothing to give back', code: 'credit.not-billed' }];
};

const gate = (order: Order): FieldIssue[] => {
  const { fulfilledBy, currency } = order;
  if (fulfilledBy === 'amazon')
    return [{ field: 'orderId', message: 'Amazon fulfills this order: only Amazon pays it back', code: 'credit.by-amazon' }];
  if (currency !== null && decimalsOf(currency) > 2)
    return [
      {
        field: 'orderId',
        message: `Amazon takes two decimals at most, ${currency} has ${decimalsOf(currency)}`,
        code: 'credit.too-many-decimals',
        facts: { currency, decimals: decimalsOf(currency) },
      },
    ];
  return billedGate(order);
};

const sharesOf = (all: readonly Left[], { lines }: CreditWish): { shares: Shares; problems: FieldIssue[] } => {
  if (lines === undefined)
    return { shares: all.filter(({ money }) => !isNothing(money)).map((left) => shareOfLine(left, left.quantity)), problems: [] };
  const problems: FieldIssue[] = [];
  const shares = lines.flatMap(({ lineId, quantity, restock }, n) => {
    const left = all.find(({ line }) => line.lineId === lineId);
    const wrong = ({ field, ...problem }: FieldIssue): [] => {
      problems.push({ field: `lines.${n}.${field}`, ...problem });
      return [];
    };
    const facts = { line: lineId };
    if (left === undefined)
      return wrong({ field: 'lineId', message: `Line ${lineId}: not a line of this order`, code: 'line.not-in-order', facts });
    if (lines.findIndex((line) => line.lineId === lineId) < n)
      return wrong({ field: 'lineId', message: `Line ${lineId}: named twice`, code: 'credit.line-twice', facts });
    if (quantity > left.quantity)
      return wrong({
        field: 'quantity',
        message: `Line ${lineId}: ${left.quantity} can be given back, not ${quantity}`,
        code: 'credit.too-many-units',
        facts: { ...facts, left: left.quantity, asked: quantity },
      });
    return [shareOfLine(left, quantity, restock)];
  });
  return { shares, problems };
};

const shareOfLine = (left: Left, quantity: number, restock?: boolean) => ({
  left,
  line: {
    ...lineOf(left.line, quantity, shareOf(left.money, quantity, left.quantity, givingBack)),
    ...(restock === undefined ? {} : { restock }),
  },
});

const shippingShares = (all: readonly Left[], shares: Shares, wish: CreditWish) => {
  const weights = all.map(({ money }) => Math.max(money.amounts.shippingMinor, 0));
  const leftMinor = sum(weights);
  const minor = wish.shippingMinor ?? (shares.length > 0 ? leftMinor : 0);
  return { minor, leftMinor, shares: allocate(Math.min(minor, leftMinor), weights) };
};

const withShipping = (all: readonly Left[], shares: Shares, shipping: readonly number[]): CreditLine[] =>
  all.flatMap((left, n) => {
    const units = shares.find((share) => share.left === left)?.line;
    const minor = shipping[n] ?? 0;
    if (minor === 0) return units ?? [];
    const base = units ?? lineOf(left.line, 0, shareOf(left.money, 0, 1, givingBack));
    const { amounts, taxes } = plus(base, shippingOf(left.money, minor));
    return { ...base, amounts, ...(taxes === undefined ? {} : { taxes }) };
  });

/** The fee is kept of what goes back; what is given on top goes to lines that have room for it. */
const adjusted = (
  order: Order,
  lines: readonly CreditLine[],
  refundMinor: number,
  feeMinor: number,
  rooms: ReadonlyMap<string, number>,
): LineCredit[] => {
  const credited = order.lines.flatMap(({ lineId }): LineCredit[] => {
    const line = lines.find((one) => one.lineId === lineId);
    const money = line ?? { amounts: shareOf({ amounts: zero }, 0, 1, givingBack).amounts };
    return [{ lineId, quantity: line?.quantity ?? 0, money, adjustmentRefundMinor: 0, adjustmentFeeMinor: 0 }];
  });
  const fees = allocate(
    feeMinor,
    credited.map((credit) => Math.max(netOf(credit), 0)),
  );
  const charged = credited.map((credit, n) => ({ ...credit, adjustmentFeeMinor: fees[n] ?? 0 }));
  const gifts = allocate(
    refundMinor,
    charged.map((credit) => Math.max((rooms.get(credit.lineId) ?? 0) - netOf(credit), 0)),
  );
  return charged.map((credit, n) => ({ ...credit, adjustmentRefundMinor: gifts[n] ?? 0 }));
};

const zero = { itemMinor: 0, shippingMinor: 0, giftWrapMinor: 0, taxMinor: 0, discountMinor: 0, otherMinor: 0, totalMinor: 0 };

/** Money in words, and as facts: both name its currency. */
interface Saying {
  readonly say: (minor: number) => string;
  readonly facts: (amounts: Readonly<Record<string, number>>) => NonNullable<FieldIssue['facts']>;
}

/** ISO 4217: no currency is involved. An order of which Amazon has told no price yet is in none. */
const noCurrency = 'XXX';

const sayingIn = (currency: string | null): Saying => ({
  say: (minor) => `${formatMoney({ minor, currency: currency ?? noCurrency })} ${currency ?? ''}`.trim(),
  facts: (amounts) => (currency === null ? amounts : { ...amounts, currency }),
});

const shippingProblems = ({ shippingMinor = 0 }: CreditWish, leftMinor: number, { say, facts }: Saying): FieldIssue[] => {
  if (shippingMinor <= leftMinor) return [];
  const field = 'shippingMinor';
  if (leftMinor === 0) return [{ field, message: 'No shipping is left to be given back', code: 'credit.no-shipping' }];
  const message = `At most ${say(leftMinor)} of the shipping can be given back`;
  return [{ field, message, code: 'credit.too-much-shipping', facts: facts({ leftMinor }) }];
};

const totalProblems = (
  {
    linesMinor,
    feeMinor,
    totalMinor,
    capMinor,
    paidMinor: paid,
    backMinor: back,
  }: Record<'linesMinor' | 'feeMinor' | 'totalMinor' | 'capMinor' | 'paidMinor' | 'backMinor', number>,
  { say, facts }: Saying,
): FieldIssue[] => {
  if (feeMinor > 0 && feeMinor > linesMinor) {
    const mostMinor = Math.max(linesMinor, 0);
    const message = `At most ${say(mostMinor)} can be kept: no more goes back`;
    return [{ field: 'adjustmentFeeMinor', message, code: 'credit.keeps-too-much', facts: facts({ mostMinor }) }];
  }
  if (totalMinor <= 0) {
    const message = `${say(totalMinor)} would go back: it has to be more than nothing`;
    return [{ field: 'totalMinor', message, code: 'credit.nothing', facts: facts({ totalMinor }) }];
  }
  if (totalMinor <= capMinor) return [];
  return [
    {
      field: 'totalMinor',
      message: `At most ${say(capMinor)} can be given back, not ${say(totalMinor)}: ${say(paid)} was paid, ${say(back)} has gone back or is on its way`,
      code: 'credit.over-cap',
      facts: facts({ capMinor, totalMinor, paidMinor: paid, backMinor: back }),
    },
  ];
};

/** Amazon looks at each line: it gives the buyer something, and not more than was paid for it. */
const lineProblems = (credits: readonly LineCredit[], rooms: ReadonlyMap<string, number>, { say, facts }: Saying): FieldIssue[] =>
  credits.flatMap((credit) => {
    const { lineId } = credit;
    const [netMinor, roomMinor] = [netOf(credit), rooms.get(lineId) ?? 0];
    const about = { line: lineId };
    if (netMinor < 0) {
      const message = `Line ${lineId}: its discount is more than what goes back for it`;
      return [{ field: 'lines', message, code: 'credit.more-discount', facts: about }];
    }
    if (netMinor <= roomMinor) return [];
    const message = `Line ${lineId}: at most ${say(roomMinor)} can be given back, not ${say(netMinor)}`;
    return [{ field: 'lines', message, code: 'credit.line-over-cap', facts: { ...facts({ roomMinor, netMinor }), ...about } }];
  });

/** Of what the order costs; percents have two decimals at most. */
const percentOf = (minor: number, percent = 0): number => Math.round((minor * Math.round(percent * 100)) / 10_000);
