import type { AmazonRefusal, AmazonWriteKind } from '@orderbus/contracts';
import type { Facts } from './facts.ts';
import type { Told } from './told.ts';
import type { Picture, Verdict } from './write-kind.ts';

/** An order whose content we know. */
export interface KnownPicture extends Picture {
  readonly facts: Facts;
}

/** What our own check makes of a wish: how Amazon is to be asked, or why it is not. */
export type Check<Plan> =
  | { readonly plan: Plan }
  /** It is so already. */
  | { readonly done: Told }
  /** Something that was asked before has to be through first. */
  | { readonly wait: string }
  | { readonly obstacle: Obstacle };

export interface Obstacle extends AmazonRefusal {
  /** The order may have changed at Amazon since it was read: it is read again before this is said to anybody. */
  readonly maybeStale: boolean;
}

/** Stands whatever Amazon shows by now. */
export const obstacle = (code: string, words: string, facts?: AmazonRefusal['facts']): Obstacle => ({
  ...{ code, words, maybeStale: false },
  ...(facts && { facts }),
});

/** Stands as far as we know. */
export const obstacleForNow = (code: string, words: string, facts?: AmazonRefusal['facts']): Obstacle => ({
  ...obstacle(code, words, facts),
  maybeStale: true,
});

export const toVerdict = (check: Check<unknown>): Verdict => {
  if ('plan' in check || 'wait' in check) return { verdict: 'send' };
  if ('done' in check) return { verdict: 'done', ...check.done };
  const { maybeStale, ...refusal } = check.obstacle;
  return maybeStale ? { verdict: 'send', obstacle: refusal } : { verdict: 'refused', refusal };
};

/** The order with its content, or why nothing can be said of it: what holds for every write that changes quantities or money. */
export const known = (picture: Picture): KnownPicture | Obstacle => {
  const { fulfilledBy, facts } = picture;
  if (fulfilledBy === 'amazon')
    return obstacle('order.fulfilled-by-amazon', 'Amazon fulfills this order: only Amazon cancels it and pays it back.');
  if (facts === null) return obstacleForNow('order.content-unknown', 'The content of this order has not been read yet.');
  if (facts.programs.includes('non-amazon'))
    return obstacle('order.not-sold-on-amazon', 'This order was not sold on Amazon: cancel it, or pay it back, where it was sold.');
  return { ...picture, facts };
};

export const isObstacle = (value: object): value is Obstacle => 'maybeStale' in value;

/**
 * A parcel of this order has left, or may have: what Amazon shows of the quantities may be older. `open`: Amazon has not said yes yet.
 */
export const shipmentOf = ({ earlier }: Picture): 'none' | 'open' | 'told' => {
  const states = earlier.filter(({ kind, state }) => isParcel(kind) && state !== 'failed').map(({ state }) => state);
  if (states.includes('done')) return 'told';
  return states.length > 0 ? 'open' : 'none';
};

const isParcel = (kind: AmazonWriteKind): boolean => kind === 'shipment' || kind === 'pickup';
