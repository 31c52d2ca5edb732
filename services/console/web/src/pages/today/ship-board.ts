import type { ShipBoard } from './answers.ts';

const buckets = ['overdue', 'due-today', 'at-risk', 'in-time', 'no-deadline'] as const;
export type Bucket = (typeof buckets)[number];

export type Marketplace = ShipBoard['marketplaces'][number];
export type Count = Marketplace['buckets'][Bucket];

/** The marketplaces of one store, or of all, where something has to leave; those first where it is late or due soon. */
export const marketplacesOf = ({ marketplaces }: ShipBoard, store: string | undefined): Marketplace[] =>
  marketplaces
    .filter(
      ({ tenant, buckets: counts }) => (store === undefined || tenant === store) && buckets.some((bucket) => counts[bucket].orders > 0),
    )
    .toSorted(byUrgency);

const byUrgency = (a: Marketplace, b: Marketplace): number =>
  buckets.map((bucket) => b.buckets[bucket].orders - a.buckets[bucket].orders).find((difference) => difference !== 0) ?? 0;

export const sumOf = (marketplaces: readonly Marketplace[], bucket: Bucket): Count =>
  marketplaces.reduce(
    (sum, { buckets: { [bucket]: count } }) => ({ orders: sum.orders + count.orders, blocked: sum.blocked + count.blocked }),
    { orders: 0, blocked: 0 },
  );

/** Orders without a deadline are rare: their column is there when there are some. */
export const shownBuckets = (marketplaces: readonly Marketplace[]): Bucket[] =>
  buckets.filter((bucket) => bucket !== 'no-deadline' || sumOf(marketplaces, bucket).orders > 0);
