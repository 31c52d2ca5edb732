import { allows } from '../world/lifecycle.ts';
import type { WorldOrder } from '../world/order.ts';
import type { World } from '../world/world.ts';
import { type Decision, WriteRefused } from './decision.ts';

/**
 * Lets a decision become true.
 * @throws WriteRefused when the status of the order does not allow it.
 */
export const applyDecision = (world: World, order: WorldOrder, { changes }: Decision, at: number): void => {
  if (changes.length === 0) return;
  if (!changes.every((change) => allows(order, change))) {
    throw new WriteRefused(`This cannot be done with the order: its status is ${order.status}.`);
  }
  world.changeAt(order.orderId, changes, at);
};
