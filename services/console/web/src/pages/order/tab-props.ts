import type { OrderFacts } from './facts.ts';

/** What every tab of an order is given. */
export interface OrderTabProps {
  readonly facts: OrderFacts;
}
