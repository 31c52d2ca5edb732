import { Money } from '../../../ui/Money.tsx';
import { nameOf } from '../orders.ts';
import { type CellProps, NumberCell, ShipByCell, StatusCell, TimeCell } from './Cells.tsx';
import classes from './cells.module.css';

/** An order where there is no room for columns. */
export const OrderCard = ({ order, names }: CellProps) => (
  <div className={classes.card}>
    {order.number === null ? <strong>{nameOf(order)}</strong> : <NumberCell order={order} names={names} />}
    <StatusCell order={order} names={names} />
    <span>{order.buyer?.name ?? order.amazonOrderId}</span>
    <ShipByCell order={order} names={names} />
    <TimeCell at={order.purchasedAt} marketplaceId={order.marketplaceId} names={names} />
    <Money minor={order.totals?.grandTotalMinor} currency={order.totals?.currency} />
  </div>
);
