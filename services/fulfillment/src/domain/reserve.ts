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
import { emptied, fill, follow, newLine } from './line.ts';
import type { Reservation, ReservationCommand, ReservationStatus, ReservedLine, WantedLine } from './reservation.ts';
import type { Shelf } from './shelf.ts';

type Wanted = Pick<ReservationCommand & { readonly type: 'follow' }, 'orderVersion' | 'lines'>;
type Effect = 'open' | 'answer' | 'follow' | 'look-again' | 'release' | 'note-shipments';

/**
 * What a command does to an order's reservation. Whoever asks again, with the lines as they are now, is answered again. An order is created before anything else happens to it, so whatever comes first is too early.
 * Released is final; a snapshot that still arrives is from before the cancellation, and may tell of units that had left the house by then.
 */
export const lifecycle = {
  unknown: { reserve: 'open', follow: 'too-early', release: 'too-early', retry: 'already-done' },
  reserved: { reserve: 'answer', follow: 'follow', release: 'release', retry: 'already-done' },
  short: { reserve: 'answer', follow: 'follow', release: 'release', retry: 'look-again' },
  released: { reserve: 'already-done', follow: 'note-shipments', release: 'already-done', retry: 'already-done' },
  'not-needed': { reserve: 'already-done', follow: 'already-done', release: 'already-done', retry: 'already-done' },
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
  if ('lines' in command) return take(before, command, cell, orderId, shelf);
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
  const base = { orderVersion, purchasedAt, missing: [], lines: lines.map(newLine) };
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
  return accept(after, ...(sameNews(before, after) ? [] : [tidings(orderId, after)]));
};

/** Everything that leaves or goes back, before anything is set aside: two lines may want the same product. */
const brought = (before: Reservation, { orderVersion, lines }: Wanted, orderId: string, shelf: Shelf): Reservation => ({
  ...before,
  orderVersion,
  lines: linesOf(before, lines).map(({ line, wanted }) => follow(orderId, line, wanted, shelf)),
});

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

/** Does the order wait for the same as before? How many units are there instead is no news: they are too few. */
const sameNews = (before: Reservation, after: Reservation): boolean =>
  before.status === after.status && gist(before.missing) === gist(after.missing);

const gist = (missing: readonly BlockReason[]): string => JSON.stringify(missing.map(({ sku, cause, wanted }) => [sku, cause, wanted]));
