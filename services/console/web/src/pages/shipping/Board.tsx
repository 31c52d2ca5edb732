import { Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMarketplaces } from '../../api/marketplaces.ts';
import { fulfillment } from '../../api/services.ts';
import { useScope } from '../../api/stores.ts';
import { Card } from '../../ui/Card.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { cityOf, number } from '../../ui/format.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { Status } from '../../ui/Status.tsx';
import classes from './Board.module.css';
import { buckets, toneOfBucket } from './buckets.ts';

export const boardQuery = { ...fulfillment.read('/ship-by'), refetchInterval: 30_000 };

/** How many orders have to leave, by marketplace and how near their deadlines are; each number leads to its orders. */
export const Board = () => {
  const { t } = useTranslation('shipping');
  const scope = useScope();
  const marketplaces = useMarketplaces();
  const query = useQuery(boardQuery);
  return (
    <Card title={t('board.title')} flush>
      <Loaded query={query} height={180}>
        {(board) => {
          const rows = board.marketplaces.filter(({ tenant }) => scope === undefined || tenant === scope);
          if (rows.length === 0) return <Empty title={t('board.none')} text={t('board.noneText')} />;
          return (
            <Table aria-label={t('board.title')}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">{t('board.marketplace')}</Table.Th>
                  {buckets.map((bucket) => (
                    <Table.Th key={bucket} scope="col" ta="end">
                      <Status tone={toneOfBucket(bucket)}>{t(`bucket.${bucket}`)}</Status>
                    </Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.map(({ tenant, marketplaceId, timeZone, buckets: counts }) => (
                  <Table.Tr key={`${tenant} ${marketplaceId}`}>
                    <Table.Th scope="row" fw={400}>
                      {marketplaces.get(marketplaceId)?.domain ?? marketplaceId}
                      <span className={classes.zone}> {t('board.daysEnd', { city: cityOf(timeZone) })}</span>
                    </Table.Th>
                    {buckets.map((bucket) => (
                      <Table.Td key={bucket} ta="end">
                        <Count bucket={bucket} tenant={tenant} marketplaceId={marketplaceId} {...counts[bucket]} />
                      </Table.Td>
                    ))}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          );
        }}
      </Loaded>
    </Card>
  );
};

interface CountProps {
  readonly bucket: (typeof buckets)[number];
  readonly tenant: string;
  readonly marketplaceId: string;
  readonly orders: number;
  readonly blocked: number;
}

const Count = ({ bucket, tenant, marketplaceId, orders, blocked }: CountProps) => {
  const { t } = useTranslation('shipping');
  if (orders === 0) return <span className={classes.zone}>0</span>;
  const search = { bucket, marketplace: marketplaceId, of: tenant };
  return (
    <>
      <Link to="/ship" search={search as never} className={classes.count}>
        {number(orders)}
      </Link>
      {blocked > 0 && (
        <Link to="/ship" search={{ ...search, blocked: 'true' } as never} className={classes.blocked}>
          {t('board.blocked', { count: blocked })}
        </Link>
      )}
    </>
  );
};
