import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Card } from '../../../ui/Card.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import stacked from '../../../ui/Stacked.module.css';
import { WideTable } from '../../../ui/WideTable.tsx';
import type { OrderTabProps } from '../tab-props.ts';
import { CreditMemoRow } from './CreditMemoRow.tsx';

/** What went back to the buyer, or is meant to. */
export const CreditMemosCard = ({ facts }: OrderTabProps) => {
  const { t } = useTranslation('order');
  const { creditMemos } = facts;
  return (
    <Card title={t('creditMemos.title')} flush={creditMemos.length > 0}>
      {creditMemos.length === 0 ? (
        <Empty title={t('creditMemos.none')} text={t('creditMemos.noneText')} />
      ) : (
        <WideTable label={t('creditMemos.title')} minWidth={760}>
          <Table horizontalSpacing="md" className={stacked.table}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('document.number')}</Table.Th>
                <Table.Th scope="col">{t('document.requested')}</Table.Th>
                <Table.Th scope="col">{t('document.reason')}</Table.Th>
                <Table.Th scope="col">{t('creditMemos.refund')}</Table.Th>
                <Table.Th scope="col">{t('document.atAmazon')}</Table.Th>
                <Table.Th scope="col" ta="end">
                  {t('document.total')}
                </Table.Th>
                <Table.Th scope="col">
                  <span className="visually-hidden">{t('document.do')}</span>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {creditMemos.map((memo) => (
                <CreditMemoRow key={memo.creditMemoId} memo={memo} facts={facts} />
              ))}
            </Table.Tbody>
          </Table>
        </WideTable>
      )}
    </Card>
  );
};
