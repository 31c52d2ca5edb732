import { Button, Group, Progress, Stack, Table, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, gateway } from '../../api/services.ts';
import { useScope, useStores } from '../../api/stores.ts';
import { Action } from '../../ui/Action.tsx';
import { Card } from '../../ui/Card.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { useSearchChange } from '../../ui/filters.tsx';
import { number } from '../../ui/format.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { OrderLink } from '../../ui/OrderLink.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import stacked from '../../ui/Stacked.module.css';
import { Status, type Tone } from '../../ui/Status.tsx';
import { type LastError, lastErrorOf } from '../../ui/told.ts';
import { useList } from '../../ui/useList.ts';
import { When } from '../../ui/When.tsx';
import { WideTable } from '../../ui/WideTable.tsx';
import { OperationsNav } from './OperationsNav.tsx';
import { StartSweep } from './StartSweep.tsx';

type SweepState = 'queued' | 'running' | 'done' | 'failed' | 'canceled';

const tones: Readonly<Record<SweepState, Tone>> = {
  queued: 'waiting',
  running: 'waiting',
  done: 'ok',
  failed: 'stopped',
  canceled: 'quiet',
};

/** What Amazon's lists had left out and was found, and older orders that are fetched on request. */
const GapsPage = () => {
  const { t } = useTranslation('operations');
  const storeId = useScope();
  const stores = useStores();
  const [starts, setStarts] = useState<'gap' | 'backfill'>();
  const list = useList((cursor) => gateway.read('/sweeps', { params: { query: { limit: 50, storeId, cursor } } }));
  return (
    <Page
      title={t('gaps.title')}
      about={t('gaps.about')}
      actions={
        <>
          <Action needs="operate" variant="default" onClick={() => setStarts('gap')}>
            {t('gaps.search')}
          </Action>
          <Action needs="administer" onClick={() => setStarts('backfill')}>
            {t('gaps.backfill')}
          </Action>
        </>
      }
    >
      <OperationsNav />
      {list.error && <ProblemNote error={list.error} retry={list.refetch} />}
      {list.rows.map((sweep) => (
        <SweepCard key={sweep.id} id={sweep.id} sweep={sweep} />
      ))}
      {list.more.has && (
        <Button variant="default" loading={list.more.loading} onClick={() => void list.more.load()}>
          {t('gaps.more')}
        </Button>
      )}
      {!list.waiting && list.rows.length === 0 && <Empty title={t('gaps.none')} text={t('gaps.noneText')} />}
      {starts && <StartSweep kind={starts} stores={stores} storeId={storeId} onClose={() => setStarts(undefined)} />}
    </Page>
  );
};

interface Sweep extends LastError {
  readonly kind: 'gap' | 'backfill';
  readonly storeId: string;
  readonly state: SweepState;
  readonly from: string;
  readonly until: string;
  readonly requestedBy: string;
  readonly windows: { readonly total: number; readonly done: number };
  readonly seen: number;
  readonly imported: number;
  readonly changed: number;
  readonly missing: number;
  readonly stale: number;
  readonly unreadable: number;
}

const SweepCard = ({ id, sweep }: { readonly id: string; readonly sweep: Sweep }) => {
  const { t } = useTranslation('operations');
  const change = useSearchChange();
  const queries = useQueryClient();
  const [stops, setStops] = useState(false);
  const { sweep: shown } = useSearch({ strict: false }) as { sweep?: string };
  const { kind, state, windows } = sweep;
  const open = state === 'queued' || state === 'running';
  const share = windows.total === 0 ? 0 : (windows.done / windows.total) * 100;
  const stop = async (): Promise<void> => {
    await done(gateway.DELETE('/sweeps/{sweepId}', { params: { path: { sweepId: id } } }));
    await queries.invalidateQueries({ queryKey: ['amazon-gateway'] });
  };
  return (
    <Card
      title={t(`gaps.${kind}Of`, { store: sweep.storeId })}
      actions={
        open && (
          <Action needs="operate" size="compact-sm" variant="default" onClick={() => setStops(true)}>
            {t('gaps.stop')}
          </Action>
        )
      }
    >
      <Stack gap="xs">
        <Group>
          <Status tone={tones[state]}>{t(`sweep.${state}`)}</Status>
          <span>
            <When at={sweep.from} as="exact" /> – <When at={sweep.until} as="exact" />
          </span>
          <Text c="dimmed" size="sm">
            {t('gaps.by', { name: sweep.requestedBy })}
          </Text>
        </Group>
        {open && (
          <>
            <Progress value={share} aria-label={t('gaps.progress')} />
            <Forecast id={id} />
          </>
        )}
        <Facts
          facts={[
            [t('gaps.windows'), `${number(windows.done)} / ${number(windows.total)}`],
            [t('gaps.seen'), number(sweep.seen)],
            [t('gaps.imported'), number(sweep.imported)],
            [t('gaps.changed'), number(sweep.changed)],
            [t('gaps.missing'), kind === 'gap' ? number(sweep.missing) : undefined],
            [t('gaps.stale'), kind === 'gap' ? number(sweep.stale) : undefined],
            [t('gaps.unreadable'), sweep.unreadable > 0 ? number(sweep.unreadable) : undefined],
            [t('gaps.error'), lastErrorOf(sweep)],
          ]}
        />
        {sweep.missing + sweep.stale > 0 && (
          <Button
            variant="subtle"
            size="compact-sm"
            style={{ alignSelf: 'start' }}
            aria-expanded={shown === id}
            onClick={() => change({ sweep: shown === id ? undefined : id })}
          >
            {t('gaps.evidence')}
          </Button>
        )}
        {shown === id && <Evidence id={id} />}
      </Stack>
      {stops && (
        <ConfirmDialog title={t('gaps.stop')} action={t('gaps.stop')} onConfirm={stop} onClose={() => setStops(false)}>
          {t('gaps.stopText')}
        </ConfirmDialog>
      )}
    </Card>
  );
};

const sweepQuery = (sweepId: string) => gateway.read('/sweeps/{sweepId}', { params: { path: { sweepId } } });

const Forecast = ({ id }: { readonly id: string }) => {
  const { t } = useTranslation('operations');
  const { data } = useQuery({ ...sweepQuery(id), refetchInterval: 2_000 });
  return (
    <Text size="sm" c="dimmed">
      {data?.finishesAt ? (
        <>
          {t('gaps.finishes')} <When at={data.finishesAt} />
        </>
      ) : (
        t('gaps.noForecast')
      )}
    </Text>
  );
};

const Evidence = ({ id }: { readonly id: string }) => {
  const { t } = useTranslation('operations');
  return (
    <Loaded query={useQuery(sweepQuery(id))} height={120}>
      {({ evidence }) => (
        <WideTable label={t('gaps.evidence')} minWidth={560}>
          <Table aria-label={t('gaps.evidence')} className={stacked.table}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('ledger.order')}</Table.Th>
                <Table.Th scope="col">{t('gaps.createdAt')}</Table.Th>
                <Table.Th scope="col">{t('gaps.updatedAt')}</Table.Th>
                <Table.Th scope="col">{t('gaps.why')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {evidence.map(({ amazonOrderId, createdAt, updatedAt, why }) => (
                <Table.Tr key={amazonOrderId}>
                  <Table.Th scope="row" fw={400}>
                    <OrderLink reference={amazonOrderId} />
                  </Table.Th>
                  <Table.Td data-label={t('gaps.createdAt')}>
                    <When at={createdAt} as="exact" />
                  </Table.Td>
                  <Table.Td data-label={t('gaps.updatedAt')}>
                    <When at={updatedAt} as="exact" />
                  </Table.Td>
                  <Table.Td data-label={t('gaps.why')}>{t(`gaps.because.${why}`)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </WideTable>
      )}
    </Loaded>
  );
};

export default GapsPage;
