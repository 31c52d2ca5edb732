import { accept, type Decision, refuse, ShipByAtRisk, ShipByMissed, ShipBySettled, type ShippingObstacle } from '@orderbus/contracts';
import { endOfDay } from '@orderbus/kernel';

/**
 * How near a deadline is. `overdue`: it has passed. `due-today`: it is today, which ends at the marketplace's midnight. `at-risk`: it is
 * later, but within the hours of the alert. `no-deadline`: the marketplace has told none. What blocks an order is told beside: it may be
 * overdue and blocked.
 */
export const buckets = ['overdue', 'due-today', 'at-risk', 'in-time', 'no-deadline'] as const;
export type Bucket = (typeof buckets)[number];

/** What is the same for all deadlines that are looked at together. */
export interface Moment {
  readonly now: Date;
  /** How long before a deadline its alert comes. */
  readonly alertMs: number;
}

/** A deadline is the last moment at which an order ships in time: at that moment itself it is not overdue. */
export const bucketOf = (shipBy: string | null, timeZone: string, { now, alertMs }: Moment): Bucket => {
  if (shipBy === null) return 'no-deadline';
  const at = Date.parse(shipBy);
  if (at < now.getTime()) return 'overdue';
  if (at <= endOfDay(now, timeZone).getTime()) return 'due-today';
  return at <= now.getTime() + alertMs ? 'at-risk' : 'in-time';
};

/** To a tenth, rounded down. Below zero: so long ago. */
export const hoursLeft = (shipBy: string, now: Date): number => Math.floor((Date.parse(shipBy) - now.getTime()) / 360_000) / 10;

/** What keeps an order from being shipped, for people. */
export const obstacleWords = {
  stock: 'Waits for stock',
  hold: 'On hold',
  'buyer-cancel-request': 'The buyer wants to cancel it',
  cancellation: 'A cancellation is under way',
  'amazon-refused': 'Amazon has refused a parcel',
} as const satisfies Record<ShippingObstacle, string>;

/** An order, as far as its deadline is concerned. */
export interface Due {
  readonly number: string;
  readonly amazonOrderId: string;
  readonly shipBy: string | null;
  readonly canceled: boolean;
  readonly leftToShip: boolean;
  readonly obstacles: readonly ShippingObstacle[];
}

/** What was said last about an order's deadline, and about which. */
export interface Told {
  readonly level: Level;
  readonly shipBy: string;
}

/** `settled`: it was taken back, which is as if nothing had been said. */
export const levels = ['settled', 'at-risk', 'missed'] as const;
export type Level = (typeof levels)[number];

export const standings = ['in-time', 'near', 'passed', 'shipped', 'canceled'] as const;
type Standing = (typeof standings)[number];
type Effect = 'tell-at-risk' | 'tell-missed' | 'settle' | 'nothing';

/**
 * What is to be said now, by what was said last about this very deadline and by how the order stands. Each is said once: an order that is
 * farther from its deadline than before, because somebody changed the hours of the alert, is no news.
 */
export const lifecycle = {
  settled: { 'in-time': 'nothing', near: 'tell-at-risk', passed: 'tell-missed', shipped: 'nothing', canceled: 'nothing' },
  'at-risk': { 'in-time': 'nothing', near: 'nothing', passed: 'tell-missed', shipped: 'settle', canceled: 'settle' },
  missed: { 'in-time': 'nothing', near: 'nothing', passed: 'nothing', shipped: 'settle', canceled: 'settle' },
} as const satisfies Record<Level, Record<Standing, Effect>>;

/** A deadline that was moved first takes back what was said about the one before. */
export const decideDeadline = (before: Told | undefined, order: Due, orderId: string, moment: Moment): Decision<Told> => {
  const standing = standingOf(order, moment);
  const level = before?.level ?? 'settled';
  if (before && level !== 'settled' && isOpen(standing) && before.shipBy !== order.shipBy) {
    const next = say(lifecycle.settled[standing], order, orderId, order.shipBy);
    const taken = settled(order, orderId, before.shipBy, 'moved');
    return next ? accept(next.told, taken, next.event) : accept({ level: 'settled', shipBy: before.shipBy }, taken);
  }
  if (before && (standing === 'shipped' || standing === 'canceled') && lifecycle[level][standing] === 'settle')
    return accept({ level: 'settled', shipBy: before.shipBy }, settled(order, orderId, before.shipBy, standing));
  const next = say(lifecycle[level][standing], order, orderId, order.shipBy);
  return next ? accept(next.told, next.event) : refuse('already-done');
};

const isOpen = (standing: Standing): boolean => standing !== 'shipped' && standing !== 'canceled';

const standingOf = ({ canceled, leftToShip, shipBy }: Due, { now, alertMs }: Moment): Standing => {
  if (canceled) return 'canceled';
  if (!leftToShip) return 'shipped';
  if (shipBy === null) return 'in-time';
  const at = Date.parse(shipBy);
  if (at < now.getTime()) return 'passed';
  return at <= now.getTime() + alertMs ? 'near' : 'in-time';
};

const say = (effect: Effect, { number, amazonOrderId, obstacles }: Due, orderId: string, shipBy: string | null) => {
  if (shipBy === null || (effect !== 'tell-at-risk' && effect !== 'tell-missed')) return undefined;
  const data = { orderId, number, amazonOrderId, shipBy, obstacles: [...obstacles] };
  const told = (level: Level): Told => ({ level, shipBy });
  return effect === 'tell-at-risk'
    ? { told: told('at-risk'), event: ShipByAtRisk.of(data) }
    : { told: told('missed'), event: ShipByMissed.of(data) };
};

const settled = ({ number, amazonOrderId }: Due, orderId: string, shipBy: string, outcome: 'shipped' | 'canceled' | 'moved') =>
  ShipBySettled.of({ orderId, number, amazonOrderId, shipBy, outcome });
