import { ExternalLink } from 'lucide-react';
import type { PointerEvent } from 'react';
import { ago, cityOf, moment } from '../../../ui/format.ts';
import { useNow } from '../../../ui/now.ts';
import { toneOfState } from '../../../ui/order-states.ts';
import { Status } from '../../../ui/Status.tsx';
import type { ListedOrder } from '../orders.ts';
import classes from './cells.module.css';
import { isToBeShipped, nearnessOf } from './deadline.ts';
import type { Names } from './names.ts';

export interface CellProps {
  readonly order: ListedOrder;
  readonly names: Names;
}

export const NumberCell = ({ order: { id, number }, names }: CellProps) =>
  number === null ? (
    <span className={classes.soft}>{names.word('cell.noNumber')}</span>
  ) : (
    <a href={names.addressOf(id)} onClick={(event) => names.go(event, id)} className={classes.number}>
      #{number}
    </a>
  );

/** Opens the order here; what we only show is looked after at Amazon. */
export const AmazonNumberCell = ({ order: { id, amazonOrderId, sellerCentralUrl }, names }: CellProps) =>
  sellerCentralUrl === undefined ? (
    <a href={names.addressOf(id)} onClick={(event) => names.go(event, id)} className={classes.link}>
      {amazonOrderId}
    </a>
  ) : (
    <a
      href={sellerCentralUrl}
      target="_blank"
      rel="noopener noreferrer"
      className={classes.link}
      aria-label={names.t('cell.seller', { id: amazonOrderId })}
    >
      {amazonOrderId} <ExternalLink size={12} aria-hidden="true" />
    </a>
  );

interface TimeProps extends Pick<CellProps, 'names'> {
  readonly at: string;
  readonly marketplaceId: string;
}

/** A moment that has passed, in a list: how long ago, and both exact times for whoever points at it. */
export const TimeCell = ({ at, marketplaceId, names }: TimeProps) => {
  const now = useNow();
  return (
    <time dateTime={at} onPointerEnter={(event) => tellTimes(event, at, marketplaceId, names)}>
      {ago(at, Math.max(now, Date.parse(at)))}
    </time>
  );
};

/** Written when somebody points at it: exact times of two zones for each of a thousand cells would be felt while scrolling. */
const tellTimes = ({ currentTarget }: PointerEvent<HTMLElement>, at: string, marketplaceId: string, names: Names): void => {
  currentTarget.title = bothTimes(at, marketplaceId, names);
};

const bothTimes = (at: string, marketplaceId: string, { t, zone: zoneOf }: Names): string => {
  const zone = zoneOf(marketplaceId);
  const yours = t('common:when.yours', { at: moment(at) });
  return zone === undefined ? yours : `${yours} · ${t('common:when.there', { at: moment(at, zone), zone: cityOf(zone) })}`;
};

export const ShipByCell = ({ order, names }: CellProps) => {
  const now = useNow();
  const at = order.shipBy?.to;
  if (at === undefined) return null;
  const away = ago(at, now);
  const nearness = isToBeShipped(order) ? nearnessOf(at, now) : 'past';
  return (
    <time dateTime={at} onPointerEnter={(event) => tellTimes(event, at, order.marketplaceId, names)}>
      {nearness === 'past' && <span className={classes.soft}>{away}</span>}
      {nearness === 'quiet' && away}
      {nearness === 'attention' && <Status tone="attention">{away}</Status>}
      {nearness === 'stopped' && <Status tone="stopped">{names.t('cell.overdue', { ago: away })}</Status>}
    </time>
  );
};

export const StatusCell = ({ order: { status, state }, names }: CellProps) => (
  <Status tone={toneOfState(state)}>{names.status(status, state)}</Status>
);

const stockTones = { none: 'quiet', waiting: 'waiting', reserved: 'ok', short: 'stopped', released: 'quiet' } as const;

export const StockCell = ({ order: { stock, blockReasons }, names: { t, word } }: CellProps) => (
  <span title={blockReasons.map(({ cause, ...reason }) => t(`stockWhy.${cause}`, reason)).join('\n') || undefined}>
    <Status tone={stockTones[stock]}>{word(`stock.${stock}`)}</Status>
  </span>
);

export const AttentionCell = ({ order: { attention }, names: { word } }: CellProps) => {
  if (attention.length === 0) return null;
  const words = attention.map((one) => word(`attention.${one}`)).join(', ');
  return (
    <span title={words}>
      <Status tone="attention">{words}</Status>
    </span>
  );
};

export const Labels = ({ labels }: { readonly labels: readonly string[] }) => (
  <span className={classes.labels} title={labels.join(', ') || undefined}>
    {labels.map((label) => (
      <span key={label} className={classes.label}>
        {label}
      </span>
    ))}
  </span>
);
