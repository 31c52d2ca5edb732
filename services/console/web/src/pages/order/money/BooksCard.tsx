import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { billing } from '../../../api/services.ts';
import { Card } from '../../../ui/Card.tsx';
import { money } from '../../../ui/format.ts';
import { Loaded } from '../../../ui/Loaded.tsx';
import { Money } from '../../../ui/Money.tsx';
import { When } from '../../../ui/When.tsx';
import type { Books } from '../facts.ts';
import { about } from '../news.ts';
import type { OrderTabProps } from '../tab-props.ts';

/** What was posted for the order, account by account. */
export const BooksCard = ({ facts: { order, marketplace } }: OrderTabProps) => {
  const { t } = useTranslation(['order', 'money']);
  const books = useQuery(about(order.id, billing.read('/orders/{orderId}/books', { params: { path: { orderId: order.id } } })));
  return (
    <Card title={t('books.title')}>
      <Loaded query={books} height={120}>
        {(data) =>
          data.entries.length === 0 ? <Text c="dimmed">{t('books.none')}</Text> : <Entries books={data} zone={marketplace?.timeZone} />
        }
      </Loaded>
    </Card>
  );
};

const Entries = ({ books, zone }: { readonly books: Books; readonly zone: string | undefined }) => {
  const { t } = useTranslation(['order', 'money']);
  return (
    <>
      <Table horizontalSpacing="xs" aria-label={t('books.title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('books.account')}</Table.Th>
            <Table.Th scope="col" ta="end">
              {t('books.debit')}
            </Table.Th>
            <Table.Th scope="col" ta="end">
              {t('books.credit')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        {books.entries.map((entry) => (
          <Table.Tbody key={entry.entryId}>
            <Table.Tr>
              <Table.Th scope="rowgroup" colSpan={3}>
                {t(`books.kind.${entry.kind}`)} {entry.documentNumber} · <When at={entry.at} zone={zone} />
              </Table.Th>
            </Table.Tr>
            {entry.lines.map((line) => (
              <Table.Tr key={line.account}>
                <Table.Td>
                  {line.code} {t(`money:accounts.${line.account}`)}
                </Table.Td>
                <Table.Td ta="end">{line.debitMinor !== 0 && <Money minor={line.debitMinor} currency={entry.currency} />}</Table.Td>
                <Table.Td ta="end">{line.creditMinor !== 0 && <Money minor={line.creditMinor} currency={entry.currency} />}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        ))}
      </Table>
      {books.receivable.map(({ currency, minor }) => (
        <Text key={currency} mt="sm" fw={600}>
          {t('books.receivable', { amount: money(minor, currency) })}
        </Text>
      ))}
    </>
  );
};
