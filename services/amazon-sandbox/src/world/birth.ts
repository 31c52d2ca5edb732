import { AppError } from '@orderbus/kernel';
import { changesTo, evolve } from './lifecycle.ts';
import { type Marketplace, marketplaceOf } from './marketplaces.ts';
import type { FulfilledBy, FulfillmentStatus, ItemProgram, PaymentMethod, WorldOrder } from './order.ts';
import type { Random } from './random.ts';
import { type Seller, sellers } from './sellers.ts';

/** What is asked of a new order; whatever is left out is up to chance. */
export interface OrderWish {
  readonly sellerId?: string | undefined;
  readonly marketplaceId?: string | undefined;
  readonly channel?: 'AMAZON' | 'NON_AMAZON' | undefined;
  readonly fulfilledBy?: FulfilledBy | undefined;
  readonly fulfillmentStatus?: FulfillmentStatus | undefined;
  readonly lines?: readonly { readonly sku: string; readonly quantity: number }[] | undefined;
  readonly createdTime?: number | undefined;
  /** Exactly these, instead of what chance would give it. */
  readonly programs?: readonly string[] | undefined;
  /** Of every line. */
  readonly itemPrograms?: readonly ItemProgram[] | undefined;
  readonly paymentMethod?: PaymentMethod | undefined;
  /** Does it go on changing by itself? Without a wish: when its status was left to chance. */
  readonly live?: boolean | undefined;
}

/**
 * Where an order is born: as wished, otherwise by chance in proportion to the shares.
 * @throws AppError `invalid` when seller and marketplace do not fit together.
 */
export const placeFor = (random: Random, wish: OrderWish): { seller: Seller; marketplace: Marketplace } => {
  if (wish.paymentMethod === 'COD' && (wish.marketplaceId ?? japan) !== japan) {
    throw new AppError('invalid', 'sandbox.no-such-shop', {
      issues: [{ field: 'paymentMethod', message: 'cash on delivery is for Japan' }],
    });
  }
  const wishedId = wish.paymentMethod === 'COD' ? japan : wish.marketplaceId;
  const possible = sellers.filter(
    (seller) =>
      (wish.sellerId ?? seller.sellerId) === seller.sellerId && (wishedId === undefined || seller.sells.some(([id]) => id === wishedId)),
  );
  if (possible.length === 0) {
    throw new AppError('invalid', 'sandbox.no-such-shop', {
      issues: [{ field: 'marketplaceId', message: 'no demo seller with this id sells in this marketplace' }],
    });
  }
  const seller = random.weighted(possible.map((each) => [each, each.share] as const));
  const marketplace = marketplaceOf(wishedId ?? random.weighted(seller.sells));
  if (!marketplace) throw new AppError('bug', 'sandbox.marketplace-unknown', { marketplaceId: wishedId });
  return { seller, marketplace };
};

/** Brings a newborn order into the status it is born with: the wished one, or what its own plan says for this moment. */
export const settle = (order: WorldOrder, status: FulfillmentStatus | undefined, now: number): WorldOrder => {
  if (status === 'PENDING_AVAILABILITY') return { ...order, status, programs: [...new Set([...order.programs, 'PREORDER'])] };
  if (status !== undefined) return (changesTo(order, status) ?? []).reduce((born, change) => evolve(born, change, now), order);
  const [first, ...later] = order.plan;
  return first && first.at <= now ? { ...evolve(order, first.change, now), plan: later } : order;
};

const japan = 'A1VC38T7YXB528';
