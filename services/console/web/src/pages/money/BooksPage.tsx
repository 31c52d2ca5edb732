import { Button, Group, Table, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { billing } from '../../api/services.ts';
import { useMay } from '../../api/session.ts';
import { useScope } from '../../api/stores.ts';
import { Card } from '../../ui/Card.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { useSearchChange } from '../../ui/filters.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Money } from '../../ui/Money.tsx';
import { Page } from '../../ui/Page.tsx';
import stacked from '../../ui/Stacked.module.css';
import { Journal } from './Journal.tsx';
import { MoneyNav } from './MoneyNav.tsx';
import type { Period } from './period.ts';

/** What was moved on each account, and each entry of it. */
const BooksPage = () => {
  const { t } = useTranslation('money');
  const may = useMay('books');
  const tenant = useScope();
  const change = useSearchChange();
  const { from, to } = useSearch({ strict: false }) as { from?: string; to?: string };
  const period = { tenant, from: from && `${from}T00:00:00Z`, to: to && `${to}T00:00:00Z` };
  const asked = new URLSearchParams(Object.entries(period).flatMap(([name, value]) => (value ? [[name, value]] : [])));
  const balances = useBalances(period, may);
  if (!may)
    return (
      <Page title={t('nav.books')}>
        <MoneyNav />
        <Empty title={t('mayNotBooks')} />
      </Page>
    );
  return (
    <Page
      title={t('nav.books')}
      about={t('booksAbout')}
      actions={
        <Button
          component="a"
          variant="default"
          href={`${billing.baseUrl}/journal/export.csv?${asked}`}
          download
          leftSection={<Download size={16} aria-hidden="true" />}
        >
          {t('export')}
        </Button>
      }
    >
      <MoneyNav />
      <Group>
        <TextInput
          type="date"
          label={t('from')}
          value={from ?? ''}
          onChange={({ currentTarget }) => change({ from: currentTarget.value || undefined })}
        />
        <TextInput
          type="date"
          label={t('to')}
          value={to ?? ''}
          onChange={({ currentTarget }) => change({ to: currentTarget.value || undefined })}
        />
      </Group>
      <Balances query={balances} />
      {/* How high the balances are, only they say. */}
      {!balances.isPending && <Journal period={period} />}
    </Page>
  );
};

const useBalances = (period: Period, enabled: boolean) =>
  useQuery({ ...billing.read('/journal/balances', { params: { query: period } }), enabled });

const Balances = ({ query }: { readonly query: ReturnType<typeof useBalances> }) => {
  const { t } = useTranslation('money');
  return (
    <Card title={t('balances')} flush>
      <Loaded query={query} height={280}>
        {({ balances, totals }) =>
          balances.length === 0 ? (
            <Empty title={t('noEntries')} text={t('noEntriesText')} />
          ) : (
            <Table aria-label={t('balances')} horizontalSpacing="md" className={stacked.table}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">{t('account')}</Table.Th>
                  <Table.Th scope="col" ta="end">
                    {t('debit')}
                  </Table.Th>
                  <Table.Th scope="col" ta="end">
                    {t('credit')}
                  </Table.Th>
                  <Table.Th scope="col" ta="end">
                    {t('balance')}
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {balances.map(({ account, code, currency, debitMinor, creditMinor, balanceMinor }) => (
                  <Table.Tr key={`${account} ${currency}`}>
                    <Table.Th scope="row" fw={400}>
                      {code} {t(`accounts.${account}`)}
                    </Table.Th>
                    <Table.Td ta="end" data-label={t('debit')}>
                      <Money minor={debitMinor} currency={currency} />
                    </Table.Td>
                    <Table.Td ta="end" data-label={t('credit')}>
                      <Money minor={creditMinor} currency={currency} />
                    </Table.Td>
                    <Table.Td ta="end" data-label={t('balance')}>
                      <Money minor={balanceMinor} currency={currency} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
              <Table.Tfoot>
                {totals.map(({ currency, debitMinor, creditMinor }) => (
                  <Table.Tr key={currency}>
                    <Table.Th scope="row">{t('sum', { currency })}</Table.Th>
                    <Table.Td ta="end" data-label={t('debit')}>
                      <Money minor={debitMinor} currency={currency} />
                    </Table.Td>
                    <Table.Td ta="end" data-label={t('credit')}>
                      <Money minor={creditMinor} currency={currency} />
                    </Table.Td>
                    <Table.Td />
                  </Table.Tr>
                ))}
              </Table.Tfoot>
            </Table>
          )
        }
      </Loaded>
    </Card>
  );
};

export default BooksPage;
