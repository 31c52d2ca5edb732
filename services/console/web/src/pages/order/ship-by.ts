import type { OrderFacts } from './facts.ts';

const hourMs = 3_600_000;
const soonMs = 24 * hourMs;

export type Nearness = 'missed' | 'soon' | 'later';

/** By when it has to leave, as long as something is left to leave. */
export const shipByOf = ({ order, shipping }: Pick<OrderFacts, 'order' | 'shipping'>): string | undefined => {
  const isOver = order.state === 'complete' || order.state === 'closed' || order.state === 'canceled';
  if (isOver || order.fulfilledBy === 'amazon' || shipping?.toShip === 0) return undefined;
  return order.shipBy?.to;
};

export const nearnessOf = (shipBy: string, now: number): Nearness => {
  const leftMs = Date.parse(shipBy) - now;
  if (leftMs <= 0) return 'missed';
  return leftMs < soonMs ? 'soon' : 'later';
};

export interface TimeLeft {
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
}

/** How long until then, or since then. */
export const timeBetween = (at: string, now: number): TimeLeft => {
  const minutes = Math.floor(Math.abs(Date.parse(at) - now) / 60_000);
  return { days: Math.floor(minutes / 1_440), hours: Math.floor((minutes % 1_440) / 60), minutes: minutes % 60 };
};
