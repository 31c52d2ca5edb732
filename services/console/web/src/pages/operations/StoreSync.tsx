import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, gateway } from '../../api/services.ts';
import type { storesQuery } from '../../api/stores.ts';
import { Action } from '../../ui/Action.tsx';
import { Card } from '../../ui/Card.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { number } from '../../ui/format.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import stacked from '../../ui/Stacked.module.css';
import { Status, type Tone } from '../../ui/Status.tsx';
import { sayDone, sayFailed } from '../../ui/said.tsx';
import { lastErrorOf } from '../../ui/told.ts';
import { When } from '../../ui/When.tsx';
import { WideTable } from '../../ui/WideTable.tsx';

type Stores = Awaited<ReturnType<Extract<(typeof storesQuery)['queryFn'], (...context: never) => unknown>>>;
type Store = Stores['items'][number];

const tones: Readonly<Record<Store['status'], Tone>> = {
  connecting: 'waiting',
  running: 'ok',
  ok: 'ok',
  paused: 'attention',
  failing: 'stopped',
  refused: 'stopped',
};

/** How one store stands with Amazon, what keeps it, and what of the quota is left. */
export const StoreSync = ({ store }: { readonly store: Store }) => {
  const { t } = useTranslation('operations');
  const queries = useQueryClient();
  const [budget, setBudget] = useState(false);
  const [pauses, setPauses] = useState(false);
  const params = { path: { storeId: store.id } };
  const paused = store.status === 'paused' && store.pausedBy === 'person';
  const refresh = () => queries.invalidateQueries({ queryKey: ['amazon-gateway'] });
  const now = async (): Promise<void> => {
    const { state } = await done(gateway.POST('/stores/{storeId}/sync', { params }));
    sayDone(t(`sync.said.${state}`));
    await refresh();
  };
  const pause = async (): Promise<void> => {
    await done(gateway.POST('/stores/{storeId}/pause', { params }));
    await refresh();
  };
  const resume = async (): Promise<void> => {
    await done(gateway.POST('/stores/{storeId}/resume', { params }));
    sayDone(t('sync.resumed'), () => pause().catch(sayFailed));
    await refresh();
  };
  const opened = Object.entries(store.circuits).filter(([, state]) => state !== 'closed');
  return (
    <Card
      title={store.name}
      actions={
        <>
          <Action needs="operate" size="compact-sm" variant="default" onClick={() => void now().catch(sayFailed)}>
            {t('sync.now')}
          </Action>
          {paused ? (
            <Action needs="administer" size="compact-sm" onClick={() => void resume().catch(sayFailed)}>
              {t('sync.resume')}
            </Action>
          ) : (
            <Action needs="administer" size="compact-sm" variant="default" onClick={() => setPauses(true)}>
              {t('sync.pause')}
            </Action>
          )}
        </>
      }
    >
      <Stack gap="xs">
        <Facts
          facts={[
            [
              t('ledger.state'),
              <Status key="state" tone={tones[store.status]}>
                {t(`storeStatus.${store.status}`)}
              </Status>,
            ],
            [t('sync.last'), <When key="last" at={store.lastSuccessAt} />],
            [t('sync.complete'), store.watermark && <When at={store.watermark} />],
            [t('sync.next'), store.nextPollAt && <When at={store.nextPollAt} />],
            [t('sync.pausedUntil'), store.pausedUntil && <When at={store.pausedUntil} as="exact" />],
            [t('sync.failures'), store.consecutiveFailures > 0 ? number(store.consecutiveFailures) : undefined],
            [t('gaps.error'), lastErrorOf(store)],
            [
              t('sync.circuits'),
              opened.length === 0
                ? t('sync.allClosed')
                : opened
                    .map(([name, state]) => `${t(`circuit.${name as keyof Store['circuits']}`)}: ${t(`circuitState.${state}`)}`)
                    .join(', '),
            ],
            [t('sync.degraded'), store.degraded && t('sync.without', { parts: store.degraded.without.join(', ') })],
            [t('sync.writes'), store.readOnly ? t('sync.readOnly') : t('sync.readAndWrite')],
          ]}
        />
        <Group>
          <Button variant="subtle" size="compact-sm" aria-expanded={budget} onClick={() => setBudget(!budget)}>
            {t('sync.budget')}
          </Button>
          <Link to="/setup/stores/$storeId" params={{ storeId: store.id }}>
            {t('sync.settings')}
          </Link>
        </Group>
        {budget && <Budget storeId={store.id} />}
      </Stack>
      {pauses && (
        <ConfirmDialog
          title={t('sync.pauseTitle', { store: store.name })}
          action={t('sync.pause')}
          onConfirm={pause}
          onClose={() => setPauses(false)}
        >
          {t('sync.pauseText')}
        </ConfirmDialog>
      )}
    </Card>
  );
};

/** What is left of Amazon's quota, operation by operation. */
const Budget = ({ storeId }: { readonly storeId: string }) => {
  const { t } = useTranslation('operations');
  const purposes: Readonly<Record<string, string>> = t('sync.purposes', { returnObjects: true });
  const query = useQuery({ ...gateway.read('/stores/{storeId}/budget', { params: { path: { storeId } } }), refetchInterval: 5_000 });
  return (
    <Loaded query={query} height={240}>
      {({ items }) => (
        <WideTable label={t('sync.budget')} minWidth={380}>
          <Table aria-label={t('sync.budget')} className={stacked.table}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('errors.operation')}</Table.Th>
                <Table.Th scope="col">{t('sync.left')}</Table.Th>
                <Table.Th scope="col">{t('sync.rate')}</Table.Th>
                <Table.Th scope="col">{t('sync.nextCall')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map(({ operation, purpose, left, burst, rate, nextCallAt, pausedUntil, pausedBecause }) => (
                <Table.Tr key={operation}>
                  <Table.Th scope="row" fw={400}>
                    {operation}
                    <Text size="xs" c="dimmed">
                      {purposes[operation] ?? purpose}
                    </Text>
                  </Table.Th>
                  <Table.Td data-label={t('sync.left')}>{`${number(left)}\u00a0/\u00a0${number(burst)}`}</Table.Td>
                  <Table.Td data-label={t('sync.rate')}>{t('sync.perSecond', { rate: number(rate, 4) })}</Table.Td>
                  <Table.Td data-label={t('sync.nextCall')}>
                    <When at={pausedUntil ?? nextCallAt} /> {pausedBecause}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </WideTable>
      )}
    </Loaded>
  );
};
