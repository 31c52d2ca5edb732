import type { Canceller, Change, PlannedStep, WorldOrder } from './order.ts';
import type { Random } from './random.ts';

/** What will happen to a newborn order by itself. Decided at its birth, so that the same seed tells the same story. */
export const planFuture = (random: Random, order: WorldOrder, now: number): PlannedStep[] => {
  const story = new Story(now);
  if (order.status === 'PENDING_AVAILABILITY') story.after(random.int(60_000, 300_000)).happens({ type: 'become-available' });
  if (random.chance(0.6)) {
    story.after(random.int(5_000, 40_000));
    if (random.chance(0.06)) return story.happens(cancel(random, ['AMAZON', 'BUYER'])).steps;
  }
  story.happens({ type: 'release' });
  return order.fulfilledBy === 'AMAZON' ? fulfilledByAmazon(random, story) : fulfilledByMerchant(random, story, order);
};

const fulfilledByAmazon = (random: Random, story: Story): PlannedStep[] => {
  story.after(random.int(30_000, 180_000));
  return story.happens(random.chance(0.03) ? cancel(random, ['BUYER']) : { type: 'ship', part: 'rest' }).steps;
};

/** Most merchant orders wait for the merchant; those with a label bought from Amazon are shipped by buying it. The rest are cancelled, regretted, or shipped by hand in Seller Central. */
const fulfilledByMerchant = (random: Random, story: Story, order: WorldOrder): PlannedStep[] => {
  const chosen = random.weighted([
    ['waits', 80],
    ['cancelled', 4],
    ['regretted', 6],
    ['shipped', 10],
  ]);
  const fate = order.programs.includes('FBM_SHIP_PLUS') ? 'shipped' : chosen;
  if (fate === 'waits') return story.steps;
  story.after(random.int(30_000, 240_000));
  if (fate === 'cancelled') return story.happens(cancel(random, ['BUYER', 'MERCHANT', 'AMAZON'])).steps;
  if (fate === 'regretted') return story.happens({ type: 'request-cancellation', reason: random.pick(regrets) }).steps;
  const pieces = order.lines.reduce((sum, line) => sum + line.quantity, 0);
  if (pieces > 1 && random.chance(0.4)) {
    story.happens({ type: 'ship', part: 'some' }).after(random.int(30_000, 120_000));
  }
  return story.happens({ type: 'ship', part: 'rest' }).steps;
};

const regrets = ['CHANGED_MIND', 'ORDERED_BY_MISTAKE', 'FOUND_CHEAPER', 'WRONG_ADDRESS'];

const cancel = (random: Random, by: readonly Canceller[]): Change => {
  const who = random.pick(by);
  const reason = who === 'MERCHANT' ? 'NO_INVENTORY' : who === 'BUYER' ? random.pick(regrets) : 'PAYMENT_NOT_AUTHORIZED';
  return { type: 'cancel', by: who, reason };
};

class Story {
  readonly steps: PlannedStep[] = [];
  #at: number;

  constructor(at: number) {
    this.#at = at;
  }

  after(ms: number): this {
    this.#at += ms;
    return this;
  }

  happens(change: Change): this {
    this.steps.push({ at: this.#at, change });
    return this;
  }
}
