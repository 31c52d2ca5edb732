import type { PackedLine } from '@orderbus/contracts';
import type { FieldIssue } from '@orderbus/kernel';
import type { AskedLine } from './command.ts';
import type { ShippingLine } from './order.ts';

/** How many units of a line may go into the parcel. */
export type Room = (line: ShippingLine) => number;

export interface Resolved {
  readonly lines: readonly PackedLine[];
  readonly errors: readonly FieldIssue[];
}

/** All units that there is room for. */
export const everything = (lines: readonly ShippingLine[], room: Room): PackedLine[] =>
  lines.flatMap((line) => (room(line) > 0 ? [{ lineId: line.lineId, quantity: room(line) }] : []));

/**
 * The lines that somebody means. A product that stands on several lines is taken from the first that have room;
 * never more units than there is room for.
 */
export const resolve = (asked: readonly AskedLine[], lines: readonly ShippingLine[], room: Room, path: string): Resolved => {
  const taken = new Map<string, PackedLine>();
  const errors: FieldIssue[] = [];
  const object = (n: number, field: string, wrong: Omit<FieldIssue, 'field'>) =>
    errors.push({ field: `${path}lines.${n}.${field}`, ...wrong });
  for (const [n, wanted] of asked.entries()) {
    const meant = lines.filter(({ lineId, sku }) => (wanted.lineId === undefined ? sku === wanted.sku : lineId === wanted.lineId));
    const name = wanted.lineId === undefined ? 'sku' : 'lineId';
    const isTwice = asked.slice(0, n).some((other) => (other.lineId ?? null) === (wanted.lineId ?? null) && other.sku === wanted.sku);
    if (meant.length === 0) object(n, name, noSuchLine(wanted));
    else if (isTwice) object(n, name, { message: 'Twice in this parcel.', code: 'line.twice-in-parcel' });
    else {
      const most = meant.reduce((sum, line) => sum + room(line) - (taken.get(line.lineId)?.quantity ?? 0), 0);
      if (wanted.quantity > most) object(n, 'quantity', tooMany(wanted.quantity, Math.max(0, most)));
      else spread(wanted, meant, room, taken);
    }
  }
  return { lines: [...taken.values()], errors };
};

const noSuchLine = ({ lineId, sku = '' }: AskedLine) => ({
  message: `The order has no such line: ${lineId ?? sku}.`,
  code: 'line.not-in-order',
  facts: { line: lineId ?? sku },
});

const tooMany = (asked: number, left: number) => ({
  message: `${asked} units are asked for, ${left} are left.`,
  code: 'line.too-many',
  facts: { asked, left },
});

const spread = (wanted: AskedLine, meant: readonly ShippingLine[], room: Room, taken: Map<string, PackedLine>): void => {
  let [units, codes] = [wanted.quantity, [...(wanted.transparencyCodes ?? [])]];
  for (const line of meant) {
    const before = taken.get(line.lineId);
    const here = Math.min(units, room(line) - (before?.quantity ?? 0));
    if (here <= 0) continue;
    // The last one has those that are too many: they are refused where codes are counted.
    const own = [...(before?.transparencyCodes ?? []), ...codes.slice(0, here === units ? undefined : here)];
    taken.set(line.lineId, {
      ...{ lineId: line.lineId, quantity: here + (before?.quantity ?? 0) },
      ...(own.length > 0 ? { transparencyCodes: own } : {}),
    });
    units -= here;
    codes = codes.slice(here);
  }
};
