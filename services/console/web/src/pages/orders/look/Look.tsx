import { Button, Stack, Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Facts } from '../../../ui/Facts.tsx';
import { number } from '../../../ui/format.ts';
import { Money } from '../../../ui/Money.tsx';
import { Status } from '../../../ui/Status.tsx';
import { When } from '../../../ui/When.tsx';
import { AtAmazon } from '../../order/AtAmazon.tsx';
import type { Order } from '../../order/facts.ts';
import { StuckBox } from '../../order/stuck/StuckBox.tsx';
import { AttentionCell, Labels, ShipByCell, StatusCell, StockCell } from '../columns/Cells.tsx';
import type { Names } from '../columns/names.ts';
import type { ListedOrder } from '../orders.ts';
import classes from './look.module.css';

export interface LookProps {
  readonly order: Order;
  readonly names: Names;
}

/** Where it stands, why it does not go on, its deadlines and its items. */
export const Look = ({ order, names }: LookProps) => {
  const { t } = useTranslation('orders');
  const listed: ListedOrder = { ...order, updatedAt: order.amazonUpdatedAt };
  return (
    <Stack>
      <div className={classes.line}>
        <StatusCell order={listed} names={names} />
        <Labels labels={[...order.programs.map(names.program), ...order.tags]} />
      </div>
      <AttentionCell order={listed} names={names} />
      <StuckBox facts={{ order, invoices: [], creditMemos: [] }} />
      <Known order={order} names={names} listed={listed} />
      <Items order={order} />
      <div className={classes.line}>
        <Button component={Link} to={`/orders/${order.id}`}>
          {t('look.open')}
        </Button>
        <AtAmazon order={order} />
      </div>
    </Stack>
  );
};

const Known = ({ order, names, listed }: LookProps & { readonly listed: ListedOrder }) => {
  const { t } = useTranslation('orders');
  const zone = names.zone(order.marketplaceId);
  return (
    <Facts
      facts={[
        [t('column.amazonOrderId'), order.amazonOrderId],
        [t('column.tenant'), names.store(order.tenant)],
        [t('column.marketplaceId'), names.marketplace(order.marketplaceId)],
        [t('column.purchasedAt'), <When key="purchased" at={order.purchasedAt} zone={zone} />],
        [t('column.shipBy'), order.shipBy?.to && <ShipByCell order={listed} names={names} />],
        [t('look.deliverBy'), order.deliverBy?.to && <When at={order.deliverBy.to} zone={zone} />],
        [t('column.amazonStatus'), t(`amazonStatus.${order.amazonStatus}`)],
        [t('column.fulfilledBy'), t(`fulfilledBy.${order.fulfilledBy}`)],
        [t('column.stock'), <StockCell key="stock" order={listed} names={names} />],
        [t('column.total'), order.totals && <Money minor={order.totals.grandTotalMinor} currency={order.totals.currency} />],
        [t('look.hold'), order.hold && [order.hold.by.name, order.hold.reason].filter(Boolean).join(': ')],
        [t('look.refusal'), order.cancellation?.refusal],
        [t('column.note'), order.note],
      ]}
    />
  );
};

const Items = ({ order }: Pick<LookProps, 'order'>) => {
  const { t } = useTranslation('orders');
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('look.item')}</Table.Th>
          <Table.Th scope="col" ta="end">
            {t('column.units')}
          </Table.Th>
          <Table.Th scope="col" ta="end">
            {t('column.total')}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {order.lines.map((line) => (
          <Table.Tr key={line.lineId}>
            <Table.Td>
              {line.title}
              <span className={classes.sku}>{line.sku}</span>
              <Missing order={order} sku={line.sku} />
            </Table.Td>
            <Table.Td ta="end">{number(line.quantity)}</Table.Td>
            <Table.Td ta="end">
              <Money minor={line.amounts?.totalMinor} currency={order.totals?.currency} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
};

const Missing = ({ order: { blockReasons }, sku }: Pick<LookProps, 'order'> & { readonly sku: string }) => {
  const { t } = useTranslation('orders');
  const reason = blockReasons.find((one) => one.sku === sku);
  if (reason === undefined) return null;
  return (
    <span className={classes.sku}>
      <Status tone="stopped">{t(`stockWhy.${reason.cause}`, { ...reason })}</Status>
    </span>
  );
};
