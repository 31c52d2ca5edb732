import { refuse } from '@orderbus/contracts';
import type { CommandOf } from './command.ts';
import { done, type Step } from './decision.ts';
import type { Heard, Obstacle, OrderedLine, Shipping, ShippingLine, ShippingOrder } from './order.ts';
import type { Parcel } from './parcel.ts';
import { elsewhereOf, toShip } from './quantities.ts';

/** A new order waits for its stock until somebody says that it is set aside. */
export const begin = ({ version, order }: CommandOf<'begin'>): Step => {
  const { number, amazonOrderId, marketplaceId, fulfilledBy, purchasedAt, programs, lines } = order;
  const { shipBy, deliverBy, country = null, serviceLevel = null } = order;
  const nothing = { version: 0, obstacle: null };
  const heard = { number: version, stock: { version, obstacle: 'stock' as const }, hold: nothing, cancellation: nothing };
  return done({
    order: {
      ...{ number, amazonOrderId, marketplaceId, fulfilledBy, purchasedAt, programs, country, serviceLevel },
      ...{ shipFrom: shipBy?.from ?? null, shipBy: shipBy?.to ?? null, deliverBy: deliverBy?.to ?? null },
      ...{ heard: { ...heard, canceled: false, closed: 0 }, orderVersion: version, pickup: [], lines: linesOf(lines, [], []) },
      ...{ obstacles: [], state: 'open', toShip: 0 },
    },
    parcels: [],
  });
};

/** A snapshot replaces an older one; what it says of the order's state counts by itself, also when it comes late. */
export const follow = ({ order, parcels }: Shipping, { version, snapshot, status }: CommandOf<'follow'>): Step => {
  const heard = hearAll(order.heard, version, {
    stock: status === 'new' || status === 'blocked' ? 'stock' : null,
    ...(status === 'complete' ? { hold: null } : {}),
  });
  const isNewer = version > order.orderVersion;
  if (!isNewer && heard === order.heard) return refuse('already-done');
  const numbered = renumbered({ ...order, heard }, version, snapshot.number);
  if (!isNewer) return done({ order: numbered, parcels });
  const { amazonOrderId, shipBy, lines } = snapshot;
  const window = { amazonOrderId, shipFrom: shipBy?.from ?? null, shipBy: shipBy?.to ?? null };
  return done({ order: { ...numbered, ...window, orderVersion: version, lines: linesOf(lines, order.lines, parcels) }, parcels });
};

export const hear = ({ order, parcels }: Shipping, { version, words }: CommandOf<'hear'>): Step => {
  const heard = hearAll(order.heard, version, words);
  return heard === order.heard ? refuse('already-done') : done({ order: { ...order, heard }, parcels });
};

export const renumber = ({ order, parcels }: Shipping, { version, number }: CommandOf<'renumber'>): Step =>
  version > order.heard.number ? done({ order: renumbered(order, version, number), parcels }) : refuse('already-done');

/** Canceled is final: what still arrives is from before. */
export const cancel = ({ order, parcels }: Shipping): Step =>
  order.heard.canceled ? refuse('already-done') : done({ order: { ...order, heard: { ...order.heard, canceled: true } }, parcels });

export const close = ({ order, parcels }: Shipping, { version }: CommandOf<'close'>): Step =>
  version > order.heard.closed
    ? done({ order: { ...order, heard: { ...order.heard, closed: version } }, parcels })
    : refuse('already-done');

/** What follows by itself from all that was said. */
export const settled = ({ order, parcels }: Shipping): Shipping => {
  const { heard, fulfilledBy, orderVersion } = order;
  const isOver = heard.canceled || heard.closed > orderVersion || fulfilledBy === 'amazon';
  const left = isOver ? 0 : toShip(order, parcels);
  const state = heard.canceled ? 'canceled' : left === 0 ? 'done' : 'open';
  const obstacles = isOver ? [] : [heard.stock, heard.hold, heard.cancellation].flatMap(({ obstacle }) => obstacle ?? []);
  return { order: { ...order, state, toShip: left, obstacles }, parcels };
};

const hearAll = (heard: Heard, version: number, words: CommandOf<'hear'>['words']): Heard => {
  const news = (Object.entries(words) as [keyof typeof words, Obstacle | null][]).filter(([matter]) => version > heard[matter].version);
  return news.length === 0 ? heard : { ...heard, ...Object.fromEntries(news.map(([matter, obstacle]) => [matter, { version, obstacle }])) };
};

const renumbered = (order: ShippingOrder, version: number, number: string): ShippingOrder =>
  version > order.heard.number ? { ...order, number, heard: { ...order.heard, number: version } } : order;

const linesOf = (snapshot: readonly OrderedLine[], before: readonly ShippingLine[], parcels: readonly Parcel[]): ShippingLine[] =>
  snapshot.map((line) => {
    const { lineId, sku, title, quantity, quantityShipped, asin, programs, iossNumber } = line;
    const known = before.find((each) => each.lineId === lineId);
    return {
      ...{ lineId, sku, title, quantity, quantityShipped, elsewhere: elsewhereOf(line, known?.elsewhere ?? 0, parcels) },
      ...(asin === undefined ? {} : { asin }),
      ...(programs === undefined ? {} : { programs }),
      ...(iossNumber === undefined ? {} : { iossNumber }),
    };
  });
