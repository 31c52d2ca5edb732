import {
  accept,
  type BlockReason,
  type Decision,
  type NewEvent,
  type Refusal,
  refuse,
  StockReleased,
  StockReserved,
  StockShort,
} from '@orderbus/contracts';
import { emptied, fill, follow, newLine, restock, type Surroundings, settle } from './line.ts';
import type { Parcel, Reservation, ReservationCommand, ReservationStatus, ReservedLine, WantedLine } from './reservation.ts';
import type { Shelf } from './shelf.ts';

type Wanted = Pick<ReservationCommand & { readonly type: 'follow' }, 'orderVersion' | 'lines'>;
type Returned = Extract<ReservationCommand, { readonly type: 'restock' }>;
type Effect = 'open' | 'answer' | 'follow' | 'look-again' | 'release' | 'note-shipments' | 'note-parcel' | 'put-back';

/**
 * What a command does to an order's reservation. Whoever asks again, with the lines as they are now, is answered again. An order is created before anything else happens to it, so whatever comes first is too early.
 * Released is final; a snapshot that still arrives is from before the cancellation, and may tell of units that had left the house by then.
 * Parcels are noted in any state: what left is gone, and what was voided is there again.
 */
export const lifecycle = {
  unknown: {
    ...{ reserve: 'open', follow: 'too-early', release: 'too-early', retry: 'already-done' },
    ...{ parcel: 'too-early', restock: 'too-early' },
  },
  reserved: {
    ...{ reserve: 'answer', follow: 'follow', release: 'release', retry: 'already-done' },
    ...{ parcel: 'note-parcel', restock: 'put-back' },
  },
  short: {
    ...{ reserve: 'answer', follow: 'follow', release: 'release', retry: 'look-again' },
    ...{ parcel: 'note-parcel', restock: 'put-back' },
  },
  released: {
    ...{ reserve: 'already-done', follow: 'note-shipments', release: 'already-done', retry: 'already-done' },
    ...{ parcel: 'note-parcel', restock: 'put-back' },
  },
  'not-needed': {
    ...{ reserve: 'already-done', follow: 'already-done', release: 'already-done', retry: 'already-done' },
    ...{ parcel: 'already-done', restock: 'already-done' },
  },
} as const satisfies Record<'unknown' | ReservationStatus, Record<ReservationCommand['type'], Effect | Refusal>>;

/** Decides one command against the shelf, which keeps the movements that follow from it. */
export const decide = (
  before: Reservation | undefined,
  command: ReservationCommand,
  orderId: string,
  shelf: Shelf,
): Decision<Reservation> => {
  const cell: Effect | Refusal = lifecycle[before?.status ?? 'unknown'][command.type];
  if (cell === 'open' && command.type === 'reserve') return open(command, orderId, shelf);
  if (!before) return refuse(cell === 'already-done' ? cell : 'too-early', 'the order is not known here yet');
  if ('orderVersion' in command) return take(before, command, cell, orderId, shelf);
  if (cell === 'note-parcel' && command.type === 'parcel') return noteParcel(before, command, orderId, shelf);
  if (cell === 'put-back' && command.type === 'restock') return putBack(before, command, orderId, shelf);
  if (cell === 'look-again') return lookAgain(before, orderId, shelf);
  if (cell === 'release') return release(before, orderId, shelf);
  return refuse('already-done');
};

/** The lines as they are now, if they are news. */
const take = (before: Reservation, wanted: Wanted, cell: Effect | Refusal, orderId: string, shelf: Shelf): Decision<Reservation> => {
  if (wanted.orderVersion <= before.orderVersion) return refuse('already-done');
  if (cell === 'answer') return answer(before, wanted, orderId, shelf);
  if (cell === 'follow') return followSnapshot(before, wanted, orderId, shelf);
  if (cell === 'note-shipments') return accept(brought(before, wanted, orderId, shelf));
  return refuse('already-done');
};

const open = (command: ReservationCommand & { type: 'reserve' }, orderId: string, shelf: Shelf): Decision<Reservation> => {
  const { orderVersion, purchasedAt, lines } = command;
  const base = { orderVersion, purchasedAt, missing: [], lines: lines.map(newLine), parcels: [], restocked: [] };
  if (command.fulfilledBy === 'amazon') return accept({ ...base, status: 'not-needed' });
  const after = filled({ ...base, status: 'reserved' }, orderId, shelf);
  return accept(after, tidings(orderId, after));
};

const answer = (before: Reservation, wanted: Wanted, orderId: string, shelf: Shelf): Decision<Reservation> => {
  const after = filled(brought(before, wanted, orderId, shelf), orderId, shelf);
  return accept(after, tidings(orderId, after));
};

const followSnapshot = (before: Reservation, wanted: Wanted, orderId: string, shelf: Shelf): Decision<Reservation> => {
  const after = filled(brought(before, wanted, orderId, shelf), orderId, shelf);
  return accept(after, ...newsOf(before, after, orderId));
};

const noteParcel = (before: Reservation, { shipmentId, revision, lines }: Parcel, orderId: string, shelf: Shelf): Decision<Reservation> => {
  const known = before.parcels.find((parcel) => parcel.shipmentId === shipmentId);
  if (known && known.revision >= revision) return refuse('already-done');
  const parcels = [...before.parcels.filter((parcel) => parcel !== known), { shipmentId, revision, lines }];
  const noted = { ...before, parcels };
  const around = surroundings(noted, orderId, shelf);
  const moved = { ...noted, lines: noted.lines.map((line) => settle(line, 'voided', around)) };
  if (before.status === 'released') return accept(moved);
  const after = filled(moved, orderId, shelf);
  return accept(after, ...newsOf(before, after, orderId));
};

/** Once per return. The order itself is none the richer: whoever waits for units finds them. */
const putBack = (before: Reservation, { returnId, lines }: Returned, orderId: string, shelf: Shelf): Decision<Reservation> => {
  if (before.restocked.includes(returnId)) return refuse('already-done');
  const units = unitsByLine(lines);
  if (![...units.keys()].every((lineId) => before.lines.some((line) => line.lineId === lineId)))
    return refuse('too-early', 'a line is not known here yet');
  return accept({
    ...before,
    restocked: [...before.restocked, returnId],
    lines: before.lines.map((line) => restock(orderId, line, units.get(line.lineId) ?? 0, shelf)),
  });
};

/** Everything that leaves or goes back, before anything is set aside: two lines may want the same product. */
const brought = (before: Reservation, { orderVersion, lines }: Wanted, orderId: string, shelf: Shelf): Reservation => {
  const around = surroundings(before, orderId, shelf);
  return { ...before, orderVersion, lines: linesOf(before, lines).map(({ line, wanted }) => follow(line, wanted, around)) };
};

const surroundings = ({ parcels, status }: Reservation, orderId: string, shelf: Shelf): Surroundings => {
  const units = unitsByLine(parcels.flatMap(({ lines }) => lines));
  return { orderId, shelf, sent: (lineId) => units.get(lineId) ?? 0, open: status !== 'released' };
};

const unitsByLine = (lines: Parcel['lines']): Map<string, number> => {
  const units = new Map<string, number>();
  for (const { lineId, quantity } of lines) units.set(lineId, (units.get(lineId) ?? 0) + quantity);
  return units;
};

const lookAgain = (before: Reservation, orderId: string, shelf: Shelf): Decision<Reservation> => {
  const after = filled(before, orderId, shelf);
  return sameNews(before, after) ? refuse('already-done') : accept(after, tidings(orderId, after));
};

const release = (before: Reservation, orderId: string, shelf: Shelf): Decision<Reservation> =>
  accept(
    { ...before, status: 'released', missing: [], lines: before.lines.map((line) => emptied(orderId, line, shelf)) },
    StockReleased.of({ orderId, lines: held(before) }),
  );

const filled = (reservation: Reservation, orderId: string, shelf: Shelf): Reservation => {
  const results = reservation.lines.map((line) => fill(orderId, line, shelf));
  const missing = results.flatMap((result) => (result.missing ? [result.missing] : []));
  return { ...reservation, status: missing.length > 0 ? 'short' : 'reserved', missing, lines: results.map(({ line }) => line) };
};

/** The known lines with what the snapshot says of them, then the lines that are new in it. */
const linesOf = (before: Reservation, snapshot: readonly WantedLine[]): { line: ReservedLine; wanted: WantedLine | undefined }[] => {
  const wanted = new Map(snapshot.map((line) => [line.lineId, line]));
  const known = new Set(before.lines.map((line) => line.lineId));
  const added = [...wanted.values()].filter((line) => !known.has(line.lineId));
  return [
    ...before.lines.map((line) => ({ line, wanted: wanted.get(line.lineId) })),
    ...added.map((line) => ({ line: newLine({ ...line, quantityShipped: 0 }), wanted: line })),
  ];
};

const tidings = (orderId: string, reservation: Reservation): NewEvent =>
  (reservation.status === 'short'
    ? StockShort.of({ orderId, lines: held(reservation), missing: [...reservation.missing] })
    : StockReserved.of({ orderId, lines: held(reservation) })) as NewEvent;

const held = ({ lines }: Reservation) =>
  lines.filter((line) => line.reserved > 0).map(({ lineId, sku, reserved }) => ({ lineId, sku, quantity: reserved }));

const newsOf = (before: Reservation, after: Reservation, orderId: string): NewEvent[] =>
  sameNews(before, after) ? [] : [tidings(orderId, after)];

/** Does the order wait for the same as before? How many units are there instead is no news: they are too few. */
const sameNews = (before: Reservation, after: Reservation): boolean =>
  before.status === after.status && gist(before.missing) === gist(after.missing);

const gist = (missing: readonly BlockReason[]): string => JSON.stringify(missing.map(({ sku, cause, wanted }) => [sku, cause, wanted]));
