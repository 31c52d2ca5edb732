import { accept, type Decision, refuse } from '@orderbus/contracts';
import { renumbered } from './events.ts';
import type { CommandOf, Order, OrderState } from './order.ts';
import { numberOf, seriesOf } from './settings.ts';
import type { Surroundings } from './surroundings.ts';

/** A number of its own is never given away: whoever takes Amazon's and comes back gets the earlier one again. */
export const renumber = (
  order: Order,
  { source, actor }: CommandOf<'renumber'>,
  { numbers, stores }: Surroundings,
): Decision<OrderState> => {
  const bearsAmazons = order.number === order.amazonOrderId;
  if (bearsAmazons === (source === 'amazon'))
    return refuse('not-allowed', bearsAmazons ? "it bears Amazon's number already" : 'it bears a number of its own already');
  const settings = stores.settingsOf(order.tenant);
  const own = (): string => order.formerNumber ?? numberOf(numbers.take(seriesOf(order.tenant, settings)), settings);
  const after: OrderState =
    source === 'amazon'
      ? { ...order, number: order.amazonOrderId, formerNumber: order.number }
      : { ...order, number: own(), formerNumber: null };
  return accept(after, renumbered(order.id, after, order.number as string, source, actor));
};
