import { Table } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { done, type gateway } from '../../api/services.ts';
import { useMay } from '../../api/session.ts';
import { Card } from '../../ui/Card.tsx';
import { number } from '../../ui/format.ts';
import { Status } from '../../ui/Status.tsx';
import { serviceNames, services } from './dead-letters.ts';

/** An event that waits for longer than this waits for something. */
const lateSeconds = 10;

/** Do the services speak to each other: how many events wait to be published, service by service. */
export const Outboxes = () => {
  const { t } = useTranslation('operations');
  const may = useMay('administer');
  const answers = useQueries({
    queries: serviceNames.map((name) => ({
      queryKey: [name, '/outbox'],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => done((services[name] as typeof gateway).GET('/outbox', { signal })),
      refetchInterval: 5_000,
      enabled: may,
    })),
  });
  if (!may) return null;
  return (
    <Card title={t('outbox.title')} flush>
      <Table aria-label={t('outbox.title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('outbox.service')}</Table.Th>
            <Table.Th scope="col">{t('ledger.state')}</Table.Th>
            <Table.Th scope="col" ta="end">
              {t('outbox.waiting')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {answers.map(({ data, isError }, index) => (
            <Table.Tr key={serviceNames[index]}>
              <Table.Th scope="row" fw={400}>
                {serviceNames[index]}
              </Table.Th>
              <Table.Td>
                {isError && <Status tone="stopped">{t('outbox.away')}</Status>}
                {data && !data.brokerHealthy && <Status tone="stopped">{t('outbox.noBroker')}</Status>}
                {data?.brokerHealthy && data.oldestAgeSeconds > lateSeconds && (
                  <Status tone="attention">{t('outbox.late', { seconds: number(data.oldestAgeSeconds) })}</Status>
                )}
                {data?.brokerHealthy && data.oldestAgeSeconds <= lateSeconds && <Status tone="ok">{t('outbox.ok')}</Status>}
              </Table.Td>
              <Table.Td ta="end">{data && number(data.pending)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Card>
  );
};
