import { Button, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMarketplaces } from '../../api/marketplaces.ts';
import { useStatuses } from '../../api/statuses.ts';
import { useScope } from '../../api/stores.ts';
import { Card } from '../../ui/Card.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Money } from '../../ui/Money.tsx';
import { toneOfState } from '../../ui/order-states.ts';
import { Status } from '../../ui/Status.tsx';
import { When } from '../../ui/When.tsx';
import type { OrderRow } from './answers.ts';
import { newestOrders, shown } from './queries.ts';
import classes from './RecentOrders.module.css';

const height = 40 + shown * 37;

/** The newest orders, as sellers know the panel: when, which, how it stands, who, how much, and what was last noted. */
export const RecentOrders = () => {
  const { t } = useTranslation('today');
  const store = useScope();
  const query = useQuery(newestOrders(store));
  return (
    <Card
      title={t('recent.title')}
      flush
      actions={
        <Button component={Link} to="/orders" variant="subtle" size="compact-sm">
          {t('recent.all')}
        </Button>
      }
    >
      <Loaded query={query} height={height}>
        {({ items }) =>
          items.length === 0 ? <Empty title={t('recent.nothing')} text={t('recent.nothingText')} /> : <Orders orders={items} />
        }
      </Loaded>
    </Card>
  );
};

const Orders = ({ orders }: { readonly orders: readonly OrderRow[] }) => {
  const { t } = useTranslation('today');
  return (
    <Table className={classes.table} style={{ minHeight: orders.length === shown ? height : undefined }}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col" className={classes.wide}>
            {t('recent.purchased')}
          </Table.Th>
          <Table.Th scope="col">{t('recent.number')}</Table.Th>
          <Table.Th scope="col">{t('recent.status')}</Table.Th>
          <Table.Th scope="col" className={classes.wide}>
            {t('recent.buyer')}
          </Table.Th>
          <Table.Th scope="col" className={classes.amount}>
            {t('recent.total')}
          </Table.Th>
          <Table.Th scope="col" className={classes.wide}>
            {t('recent.note')}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {orders.map((one) => (
          <OrderLine key={one.id} order={one} />
        ))}
      </Table.Tbody>
    </Table>
  );
};

const OrderLine = ({
  order: { id, number, amazonOrderId, marketplaceId, purchasedAt, state, status, buyer, totals, note },
}: {
  readonly order: OrderRow;
}) => {
  const { nameOf } = useStatuses();
  const zone = useMarketplaces().get(marketplaceId)?.timeZone;
  return (
    <Table.Tr>
      <Table.Td className={classes.wide}>
        <When at={purchasedAt} zone={zone} />
      </Table.Td>
      <Table.Td className={classes.number}>
        <Link to="/orders/$orderId" params={{ orderId: id }} title={amazonOrderId}>
          {number === null ? amazonOrderId : `#${number}`}
        </Link>
        <span className={classes.narrow}>
          <When at={purchasedAt} zone={zone} />
        </span>
      </Table.Td>
      <Table.Td>
        <Status tone={toneOfState(state)}>{nameOf(status, state)}</Status>
      </Table.Td>
      <Table.Td className={classes.wide}>{buyer?.name}</Table.Td>
      <Table.Td className={classes.amount}>
        <Money minor={totals?.grandTotalMinor} currency={totals?.currency} />
      </Table.Td>
      <Table.Td className={`${classes.wide} ${classes.note}`} title={note ?? undefined}>
        {note}
      </Table.Td>
    </Table.Tr>
  );
};
