import type { operations } from '../../../api/generated/fulfillment.d.ts';
import type { Return, Shipping } from '../facts.ts';
import type { Quantities } from './invoice.ts';

export type ReturnBody = operations['postReturns']['requestBody']['content']['application/json'];
export type Condition = ReturnBody['lines'][number]['condition'];
export type ReturnReason = NonNullable<ReturnBody['reason']>;

export const conditions: readonly Condition[] = ['unopened', 'opened', 'damaged', 'wrong-item', 'missing-parts'];

/** Why units come back, the likeliest first. */
export const returnReasons: readonly ReturnReason[] = [
  ...(['customer-return', 'different-item', 'refused-delivery', 'undeliverable', 'exchange'] as const),
  ...(['customer-cancel', 'customer-address-incorrect', 'other'] as const),
];

/** Only what can be sold as what it is goes back onto the shelf. */
export const fitsTheShelf = (condition: Condition): boolean => condition === 'unopened' || condition === 'opened';

/** How the units of one line came back. */
export interface ReturnedLine {
  readonly condition: Condition;
  readonly restock: boolean;
}

export interface ReturnDraft {
  readonly quantities: Quantities;
  readonly lines: Readonly<Record<string, ReturnedLine>>;
  /** Absent, as long as nobody has chosen one: it follows from the conditions. */
  readonly reason: ReturnReason | undefined;
  /** The buyer gets the money for it. */
  readonly refund: boolean;
  /** As the browser's field has it. Empty: now. */
  readonly receivedAt: string;
}

/** A line, and how many of its units are out there: they have left, and have not come back before. */
export interface ReturnableLine {
  readonly lineId: string;
  readonly quantity: number;
}

export const returnable = (
  { lines, shipments }: Pick<Shipping, 'lines' | 'shipments'>,
  returns: readonly Pick<Return, 'lines'>[],
): ReturnableLine[] => {
  const inParcels = unitsOf(shipments.filter(({ state }) => state === 'shipped'));
  const back = unitsOf(returns);
  return lines.map(({ lineId, shippedAtAmazon }) => ({
    lineId,
    quantity: Math.max(0, Math.max(shippedAtAmazon, inParcels.get(lineId) ?? 0) - (back.get(lineId) ?? 0)),
  }));
};

const unitsOf = (all: readonly { readonly lines: readonly ReturnableLine[] }[]): ReadonlyMap<string, number> => {
  const units = new Map<string, number>();
  for (const { lineId, quantity } of all.flatMap(({ lines }) => lines)) units.set(lineId, (units.get(lineId) ?? 0) + quantity);
  return units;
};

/** All of it, unopened, and back onto the shelf; the money only where whoever records it may give it. */
export const draftOf = (left: readonly ReturnableLine[], refund: boolean): ReturnDraft => ({
  quantities: Object.fromEntries(left.map(({ lineId, quantity }) => [lineId, quantity])),
  lines: Object.fromEntries(left.map(({ lineId }) => [lineId, { condition: 'unopened', restock: true }])),
  ...{ reason: undefined, refund, receivedAt: '' },
});

/** In another condition; what cannot be sold stays off the shelf. */
export const inCondition = (draft: ReturnDraft, lineId: string, condition: Condition): ReturnDraft => ({
  ...draft,
  lines: { ...draft.lines, [lineId]: { condition, restock: fitsTheShelf(condition) } },
});

/** What is recorded, and how much of it goes back onto the shelf. */
export const unitsIn = (draft: ReturnDraft): { readonly all: number; readonly restocked: number } => {
  const counted = Object.entries(draft.quantities);
  const sum = (some: typeof counted): number => some.reduce((units, [, quantity]) => units + quantity, 0);
  return { all: sum(counted), restocked: sum(counted.filter(([lineId]) => draft.lines[lineId]?.restock)) };
};

export const reasonOf = ({ reason, lines, quantities }: ReturnDraft): ReturnReason => {
  if (reason !== undefined) return reason;
  const isWrong = Object.entries(lines).some(([id, { condition }]) => condition === 'wrong-item' && (quantities[id] ?? 0) > 0);
  return isWrong ? 'different-item' : 'customer-return';
};

export const bodyOf = (orderId: string, draft: ReturnDraft): ReturnBody => ({
  ...{ orderId, reason: reasonOf(draft), refund: draft.refund },
  ...(draft.receivedAt === '' ? {} : { receivedAt: new Date(draft.receivedAt).toISOString() }),
  lines: Object.entries(draft.lines)
    .map(([lineId, line]) => ({ lineId, quantity: draft.quantities[lineId] ?? 0, ...line }))
    .filter(({ quantity }) => quantity > 0),
});

/** Which line a mistake of the server's is about: it counts those that were sent. */
export const lineOf = (body: ReturnBody, field: string): string | undefined =>
  body.lines[Number(/^lines\.(\d+)\./.exec(field)?.[1])]?.lineId;
