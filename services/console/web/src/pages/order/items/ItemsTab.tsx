import { Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { fulfillment } from '../../../api/services.ts';
import { Card } from '../../../ui/Card.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import stacked from '../../../ui/Stacked.module.css';
import { WideTable } from '../../../ui/WideTable.tsx';
import { about } from '../news.ts';
import type { OrderTabProps } from '../tab-props.ts';
import { ItemRow } from './ItemRow.tsx';
import { itemsOf } from './items.ts';

const mostReturns = 100;

/** What was bought, line by line: how many, what became of them, for how much, and whether there is stock. */
const ItemsTab = ({ facts }: OrderTabProps) => {
  const { t } = useTranslation('order');
  const { order, marketplace } = facts;
  const { data: reservation } = useQuery(
    about(order.id, fulfillment.read('/reservations/{orderId}', { params: { path: { orderId: order.id } } })),
  );
  const { data: returns } = useQuery(
    about(order.id, fulfillment.read('/returns', { params: { query: { orderId: order.id, limit: mostReturns } } })),
  );
  const collectors = new Set(order.lines.map(({ taxCollectedBy }) => taxCollectedBy)).size;
  if (order.lines.length === 0)
    return (
      <Card>
        <Empty title={t('items.none')} text={t('items.noneText')} />
      </Card>
    );
  return (
    <Card title={t('items.title')} flush>
      <WideTable label={t('items.title')} minWidth={760}>
        <Table verticalSpacing="sm" horizontalSpacing="md" className={stacked.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('items.product')}</Table.Th>
              <Table.Th scope="col">{t('items.quantity')}</Table.Th>
              <Table.Th scope="col">{t('items.stock')}</Table.Th>
              {(['price', 'tax', 'total'] as const).map((name) => (
                <Table.Th key={name} scope="col" ta="end">
                  {t(`items.${name}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {itemsOf(order, reservation, returns?.items).map((item) => (
              <ItemRow
                key={item.line.lineId}
                item={item}
                currency={order.totals?.currency}
                domain={marketplace?.domain}
                collectors={collectors}
              />
            ))}
          </Table.Tbody>
        </Table>
      </WideTable>
    </Card>
  );
};

export default ItemsTab;
