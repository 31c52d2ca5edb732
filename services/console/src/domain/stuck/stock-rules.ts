import type { BlockReason } from '@orderbus/contracts';
import type { Facts } from '../sentence.ts';
import { type Action, action } from './actions.ts';
import type { Known, OrderFacts, StockFacts } from './facts.ts';
import { can, isUnfinished, path, read } from './order-rules.ts';
import { type Finding, isOverdue, lastAt, one, rule } from './reason.ts';

/** What an order lacks before it can be packed. */
export const stockRules = [
  rule({
    code: 'address-unacceptable',
    waitsFor: 'person',
    when: 'Fields of its address are missing or wrong: no parcel would arrive.',
    mendedBy: 'Correct the address. A strict store can also let it in as it is.',
    find: (known) => one(known.order && addressFinding(known, known.order)),
  }),
  rule({
    code: 'unknown-sku',
    waitsFor: 'person',
    when: 'No product has the SKU of a line.',
    mendedBy: 'Map the SKU to a product, or make the product known.',
    find: (known) =>
      lacking(known, 'unknown-sku', (sku, { tenant }) => ({
        actions: [
          action('map-sku', `/sku-map/${encodeURIComponent(tenant)}`, { items: [{ sellerSku: sku }] }),
          action('make-product', '/products', [{ sku }]),
        ],
      })),
  }),
  rule({
    code: 'product-disabled',
    waitsFor: 'person',
    when: 'The product of a line is disabled.',
    mendedBy: 'Enable it.',
    find: (known) =>
      lacking(known, 'disabled', (sku) => {
        const title = stockOf(known, sku)?.title;
        return { actions: [title === undefined ? undefined : action('enable-product', '/products', [{ sku, title, enabled: true }])] };
      }),
  }),
  rule({
    code: 'no-location',
    waitsFor: 'person',
    when: 'There are units, but only at locations that are disabled: nothing is set aside there.',
    mendedBy: 'Enable the location, or move the units.',
    find: (known) =>
      lacking(known, 'out-of-stock', (sku) => {
        const location = closedPlaceOf(known, sku);
        if (location === undefined) return undefined;
        return { facts: { location }, actions: [action('enable-location', '/locations', [{ code: location, enabled: true }])] };
      }),
  }),
  rule({
    code: 'out-of-stock',
    waitsFor: 'stock',
    when: 'More units are wanted than there are.',
    mendedBy: 'Restock it: it gets its units at once. Or let it in without.',
    find: (known) =>
      lacking(known, 'out-of-stock', (sku) =>
        closedPlaceOf(known, sku) === undefined
          ? { actions: [action('restock', `/stock/${encodeURIComponent(sku)}/adjustments`)] }
          : undefined,
      ),
  }),
  rule({
    code: 'no-lines',
    waitsFor: 'amazon',
    when: 'Amazon shows no items in it yet.',
    mendedBy: 'Amazon shows them with one of the next changes.',
    find: ({ order, blocker }) =>
      one(order && hasCause(blocker, 'no-lines') && { facts: {}, since: blocker?.since, actions: [read(order)] }),
  }),
  rule({
    code: 'stock-not-answered',
    waitsFor: 'operator',
    when: 'Its stock was asked for more than a minute ago, and there is no answer.',
    mendedBy: 'Fulfillment answers when it is back; a dead letter or a broker that is away would show here, too.',
    find: (known) => one(known.order && unansweredFinding(known, known.order)),
  }),
] as const;

const addressFinding = (known: Known, order: OrderFacts): Finding | undefined => {
  if (order.addressIssues.length === 0) return undefined;
  const isInTheWay = order.attention.includes('address') || hasCause(known.blocker, 'address');
  if (!isInTheWay || !isUnfinished(order)) return undefined;
  return {
    facts: { fields: order.addressIssues, context: order.number === null ? 'outside' : 'plain' },
    since: lastAt(known, 'order.attention_raised', 'address') ?? known.blocker?.since,
    actions: [
      can(order, 'correct-address', action('correct-address', `${path(known)}/address`)),
      order.number === null ? can(order, 'admit', action('admit', `${path(known)}/admit`)) : undefined,
    ],
  };
};

const unansweredFinding = (known: Known, order: OrderFacts): Finding | undefined => {
  const asked = known.blocker?.since ?? lastAt(known, 'order.created') ?? order.purchasedAt;
  const isWaiting = hasCause(known.blocker, 'no-answer') || (order.state === 'new' && order.stock === 'waiting');
  if (!isWaiting || !isOverdue(asked, known)) return undefined;
  return { facts: {}, since: asked, actions: [can(order, 'retry', action('retry', `${path(known)}/retry`))] };
};

interface Mending {
  readonly facts?: Facts;
  readonly actions: readonly (Action | undefined)[];
}

/**
 * One finding for all products that lack the same: the first is named, the others are counted. `mend` answers nothing for what is not meant.
 */
const lacking = (
  known: Known,
  cause: BlockReason['cause'],
  mend: (sku: string, order: OrderFacts) => Mending | undefined,
): readonly Finding[] => {
  const { order, blocker } = known;
  if (order === undefined || !blocker) return [];
  const found = missingOf(known).flatMap((missing) => {
    const mending = missing.cause === cause ? mend(missing.sku, order) : undefined;
    return mending === undefined ? [] : [{ ...missing, mending }];
  });
  const [first] = found;
  if (first === undefined) return [];
  const { sku, wanted, available, mending } = first;
  return [
    {
      facts: { sku, wanted, available, count: found.length, others: found.length - 1, ...mending.facts },
      since: blocker.since,
      nextAttemptAt: blocker.nextTryAt,
      actions: [
        ...mending.actions,
        can(order, 'retry', action('retry', `${path(known)}/retry`)),
        can(order, 'admit', action('admit', `${path(known)}/admit`)),
      ],
    },
  ];
};

/** The order tells it while it is blocked; fulfillment also beneath a hold, and of what waits outside. */
const missingOf = ({ order, missing }: Known): readonly BlockReason[] =>
  order !== undefined && order.blockReasons.length > 0 ? order.blockReasons : (missing ?? []);

const hasCause = (blocker: Known['blocker'], cause: string): boolean => blocker?.blockers.some((each) => each.cause === cause) ?? false;

const stockOf = ({ stock = [] }: Known, sku: string): StockFacts | undefined => stock.find((level) => level.sku === sku);

/** Where free units lie that nobody may take. */
const closedPlaceOf = (known: Known, sku: string): string | undefined => {
  const level = stockOf(known, sku);
  if (level === undefined || level.available > 0) return undefined;
  return level.locations.find(({ onHand, reserved, available }) => available === 0 && onHand - reserved > 0)?.location;
};
