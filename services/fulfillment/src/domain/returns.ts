import type { Actor, FulfilledBy, RefundReason, ReturnCondition } from '@orderbus/contracts';
import { AppError, type FieldIssue } from '@orderbus/kernel';

/** An order, as far as its units can come back. */
export interface ReturnableOrder {
  readonly fulfilledBy: FulfilledBy;
  readonly lines: readonly ReturnableLine[];
}

interface ReturnableLine {
  readonly lineId: string;
  readonly sku: string;
  readonly title: string;
  /** What left: in our parcels or by the word of the channel, whichever is more. */
  readonly shipped: number;
  /** What has come back before. */
  readonly returned: number;
}

/** What somebody says came back. A line is named by its id, or by its product where that is enough. */
export interface WantedReturn {
  readonly receivedAt: string;
  readonly reason?: RefundReason | undefined;
  readonly refund: boolean;
  readonly lines: readonly WantedLine[];
  readonly actor: Actor;
}

interface WantedLine {
  readonly lineId?: string | undefined;
  readonly sku?: string | undefined;
  readonly quantity: number;
  readonly condition: ReturnCondition;
  readonly restock: boolean;
}

export interface Return {
  readonly receivedAt: string;
  readonly reason: RefundReason;
  /** The buyer is to have the money for it. */
  readonly refund: boolean;
  readonly lines: readonly ReturnedLine[];
  readonly actor: Actor;
}

interface ReturnedLine extends Pick<ReturnableLine, 'lineId' | 'sku' | 'title'> {
  readonly quantity: number;
  readonly condition: ReturnCondition;
  /** On the shelf again. */
  readonly restocked: boolean;
}

/** Only what can be sold as what it is goes back onto the shelf; the words say why the rest does not. */
const notForTheShelf = {
  unopened: undefined,
  opened: undefined,
  damaged: 'Damaged units cannot go back onto the shelf',
  'wrong-item': 'A wrong item cannot go back onto the shelf as this one',
  'missing-parts': 'Units with missing parts cannot go back onto the shelf',
} as const satisfies Record<ReturnCondition, string | undefined>;

/** @throws AppError that names the fields: a line that is not there, units that never left or were returned before, what cannot be restocked. */
export const receive = ({ fulfilledBy, lines }: ReturnableOrder, wanted: WantedReturn): Return => {
  const found = wanted.lines.map((line) => lines.filter(named(line)));
  const wrong = wanted.lines.flatMap((line, n) => [
    ...unclear(found[n] ?? [], line, n),
    ...(line.restock ? notRestockable(line, fulfilledBy, n) : []),
  ]);
  if (wrong.length > 0) throw new AppError('invalid', 'request.invalid', { errors: wrong });
  const returned = wanted.lines.map(({ quantity, condition, restock }, n): ReturnedLine => {
    const { lineId, sku, title } = (found[n] as ReturnableLine[])[0] as ReturnableLine;
    return { lineId, sku, title, quantity, condition, restocked: restock };
  });
  const many = tooMany(lines, returned);
  if (many.length > 0) throw new AppError('conflict', 'return.too-many', { errors: many });
  const { receivedAt, refund, actor } = wanted;
  return { receivedAt, reason: wanted.reason ?? reasonOf(wanted.lines), refund, lines: returned, actor };
};

const named =
  ({ lineId, sku }: WantedLine) =>
  (line: ReturnableLine): boolean =>
    (lineId === undefined || line.lineId === lineId) && (sku === undefined || line.sku === sku);

const unclear = (found: readonly ReturnableLine[], { lineId }: WantedLine, n: number): FieldIssue[] => {
  const field = `lines.${n}.${lineId === undefined ? 'sku' : 'lineId'}`;
  if (found.length === 0) return [{ field, message: 'The order has no such line', code: 'line.unknown-here' }];
  return found.length === 1
    ? []
    : [
        {
          ...{ field, message: `${found.length} lines of the order have it: name one of them by lineId` },
          ...{ code: 'line.ambiguous', facts: { lines: found.length } },
        },
      ];
};

const notRestockable = ({ condition }: WantedLine, fulfilledBy: FulfilledBy, n: number): FieldIssue[] => {
  const message = fulfilledBy === 'amazon' ? 'Amazon ships this order from its own shelves' : notForTheShelf[condition];
  const code = fulfilledBy === 'amazon' ? 'return.shelves-of-amazon' : `return.restock-${condition}`;
  return message === undefined ? [] : [{ field: `lines.${n}.restock`, message, code }];
};

/** Each line against what is left of it, after those of this return that stand before it. */
const tooMany = (lines: readonly ReturnableLine[], returned: readonly ReturnedLine[]): FieldIssue[] => {
  const came = new Map(lines.map((line) => [line.lineId, line.returned]));
  return returned.flatMap(({ lineId, quantity }, n) => {
    const before = came.get(lineId) ?? 0;
    const shipped = lines.find((line) => line.lineId === lineId)?.shipped ?? 0;
    came.set(lineId, before + quantity);
    if (before + quantity <= shipped) return [];
    const left = Math.max(shipped - before, 0);
    return [
      {
        ...{ field: `lines.${n}.quantity`, message: `${shipped} shipped, ${before} returned: ${left} can come back` },
        ...{ code: 'return.too-many-units', facts: { shipped, before, left } },
      },
    ];
  });
};

const reasonOf = (lines: readonly WantedLine[]): RefundReason =>
  lines.some(({ condition }) => condition === 'wrong-item') ? 'different-item' : 'customer-return';
