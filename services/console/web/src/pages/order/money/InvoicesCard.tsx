import { Group, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Card } from '../../../ui/Card.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import { Money } from '../../../ui/Money.tsx';
import stacked from '../../../ui/Stacked.module.css';
import { When } from '../../../ui/When.tsx';
import { WideTable } from '../../../ui/WideTable.tsx';
import { ActionsOf } from '../ActionButton.tsx';
import type { OrderTabProps } from '../tab-props.ts';
import { Pdf } from './Pdf.tsx';
import { Upload } from './Upload.tsx';

export const InvoicesCard = ({ facts }: OrderTabProps) => {
  const { t } = useTranslation('order');
  const { invoices, marketplace } = facts;
  return (
    <Card title={t('invoices.title')} flush={invoices.length > 0}>
      {invoices.length === 0 ? (
        <Empty title={t('invoices.none')} text={t('invoices.noneText')} />
      ) : (
        <WideTable label={t('invoices.title')} minWidth={640}>
          <Table horizontalSpacing="md" className={stacked.table}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('document.number')}</Table.Th>
                <Table.Th scope="col">{t('document.issued')}</Table.Th>
                <Table.Th scope="col">{t('document.state')}</Table.Th>
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
              {invoices.map((invoice) => (
                <Table.Tr key={invoice.invoiceId}>
                  <Table.Th scope="row">{invoice.number}</Table.Th>
                  <Table.Td data-label={t('document.issued')}>
                    <When at={invoice.issuedAt} zone={marketplace?.timeZone} />
                  </Table.Td>
                  <Table.Td data-label={t('document.state')}>
                    {t(`invoices.status.${invoice.status}`)}
                    {invoice.cancelReason && `: ${invoice.cancelReason}`}
                  </Table.Td>
                  <Table.Td data-label={t('document.atAmazon')}>
                    <Upload upload={invoice.upload} />
                  </Table.Td>
                  <Table.Td ta="end" data-label={t('document.total')}>
                    <Money minor={invoice.totalMinor} currency={invoice.currency} />
                  </Table.Td>
                  <Table.Td>
                    <Group gap="xs" justify="flex-end" wrap="nowrap">
                      <ActionsOf facts={facts} of="invoice" about={invoice.invoiceId} />
                      <Pdf path={`/invoices/${invoice.invoiceId}/pdf`} number={invoice.number} />
                    </Group>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </WideTable>
      )}
    </Card>
  );
};
