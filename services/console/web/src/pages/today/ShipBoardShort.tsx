import { Button, Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMarketplaces } from '../../api/marketplaces.ts';
import { useScope, useStores } from '../../api/stores.ts';
import { Card } from '../../ui/Card.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { country, number } from '../../ui/format.ts';
import { Tip } from '../../ui/Tip.tsx';
import type { ShipBoard } from './answers.ts';
import classes from './ShipBoardShort.module.css';
import { type Bucket, type Count, type Marketplace, marketplacesOf, shownBuckets, sumOf } from './ship-board.ts';

const most = 6;

/** How many orders have to leave, by marketplace and how near their deadlines are. Each number leads to its orders. */
export const ShipBoardShort = ({ board }: { readonly board: ShipBoard }) => {
  const { t } = useTranslation('today');
  const marketplaces = marketplacesOf(board, useScope());
  return (
    <Card
      title={t('shipBy.title')}
      flush
      actions={
        <Button component={Link} to="/ship" variant="subtle" size="compact-sm">
          {t('shipBy.all')}
        </Button>
      }
    >
      {marketplaces.length === 0 ? (
        <Empty title={t('shipBy.nothing')} text={t('shipBy.nothingText')} />
      ) : (
        <Board marketplaces={marketplaces} />
      )}
    </Card>
  );
};

const Board = ({ marketplaces }: { readonly marketplaces: readonly Marketplace[] }) => {
  const { t } = useTranslation('today');
  const columns = shownBuckets(marketplaces);
  return (
    <Table className={classes.board}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('shipBy.marketplace')}</Table.Th>
          {columns.map((bucket) => (
            <Table.Th key={bucket} scope="col" className={classes.count}>
              {t(`shipBy.bucket.${bucket}`)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {marketplaces.length > 1 && (
          <Table.Tr>
            <Table.Th scope="row">{t('shipBy.everywhere')}</Table.Th>
            {columns.map((bucket) => (
              <Table.Td key={bucket} className={classes.count}>
                <Orders count={sumOf(marketplaces, bucket)} bucket={bucket} />
              </Table.Td>
            ))}
          </Table.Tr>
        )}
        {marketplaces.slice(0, most).map((marketplace) => (
          <Table.Tr key={`${marketplace.tenant} ${marketplace.marketplaceId}`}>
            <Table.Th scope="row" className={classes.place}>
              <Place of={marketplace} among={marketplaces} />
            </Table.Th>
            {columns.map((bucket) => (
              <Table.Td key={bucket} className={classes.count}>
                <Orders count={marketplace.buckets[bucket]} bucket={bucket} marketplace={marketplace} />
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
};

/** The store is named only where two of them sell in the same marketplace. */
const Place = ({ of, among }: { readonly of: Marketplace; readonly among: readonly Marketplace[] }) => {
  const { domain } = useMarketplaces().get(of.marketplaceId) ?? {};
  const stores = useStores();
  const shared = among.some(({ marketplaceId, tenant }) => marketplaceId === of.marketplaceId && tenant !== of.tenant);
  const name = domain ?? (of.country ? country(of.country) : of.marketplaceId);
  return shared ? `${name} · ${stores.find(({ id }) => id === of.tenant)?.name ?? of.tenant}` : name;
};

interface OrdersProps {
  readonly count: Count;
  readonly bucket: Bucket;
  readonly marketplace?: Marketplace;
}

const Orders = ({ count: { orders, blocked }, bucket, marketplace }: OrdersProps) => {
  const { t } = useTranslation('today');
  if (orders === 0) return <span className={classes.none}>0</span>;
  const words = t('funnel.orders', { count: orders });
  const label = blocked > 0 ? t('shipBy.blocked', { orders: words, blocked: number(blocked) }) : words;
  const place = marketplace && { marketplace: marketplace.marketplaceId, of: marketplace.tenant };
  return (
    <Tip label={label}>
      <Link
        to="/ship"
        search={{ bucket, ...place }}
        data-bucket={bucket}
        className={classes.orders}
        aria-label={`${t(`shipBy.bucket.${bucket}`)}: ${label}`}
      >
        {number(orders)}
      </Link>
    </Tip>
  );
};
