import { aggregates, openNumberSeries } from '@orderbus/outbox';
import { decide, mayCreate, seriesOf } from '../domain/decide.ts';
import { orderEntity } from './order-entity.ts';

/** The orders as the target of commands. The series are locked only when something may need a number, since that makes others wait. */
export const orders = aggregates({
  name: 'orders',
  entity: orderEntity,
  decide,
  context: (tx, items) =>
    openNumberSeries(
      tx,
      items.filter(({ command }) => mayCreate(command)).map(({ cause }) => seriesOf(cause.tenant)),
    ),
});
