import { Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { gateway } from '../../api/services.ts';
import { Card } from '../../ui/Card.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { When } from '../../ui/When.tsx';

/** Orders that Amazon sent in a form that its own model does not allow. They are kept, and read again with each newer version. */
export const Unreadable = () => {
  const { t } = useTranslation('operations');
  const query = useQuery(gateway.read('/unreadable-orders', { params: { query: { limit: 50 } } }));
  return (
    <Card title={t('unreadable.title')} flush>
      <Loaded query={query} height={120}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('unreadable.none')} text={t('unreadable.noneText')} />
          ) : (
            <Table aria-label={t('unreadable.title')}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">{t('ledger.order')}</Table.Th>
                  <Table.Th scope="col">{t('unreadable.problems')}</Table.Th>
                  <Table.Th scope="col">{t('unreadable.since')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map(({ rawId, amazonOrderId, problems, firstSeenAt }) => (
                  <Table.Tr key={rawId}>
                    <Table.Td>{amazonOrderId ?? rawId}</Table.Td>
                    <Table.Td>{problems.join('; ')}</Table.Td>
                    <Table.Td>
                      <When at={firstSeenAt} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )
        }
      </Loaded>
    </Card>
  );
};
