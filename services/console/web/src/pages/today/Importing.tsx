import { Progress } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { gateway, own } from '../../api/services.ts';
import { useScope, useStores } from '../../api/stores.ts';
import { Card } from '../../ui/Card.tsx';
import { ago, day, number } from '../../ui/format.ts';
import { useNow } from '../../ui/now.ts';
import type { Store, Sweep } from './answers.ts';
import classes from './Importing.module.css';

/** Stores that are read for the first time, and older orders that are being fetched. */
export const Importing = () => {
  const scope = useScope();
  const stores = useStores().filter(({ id }) => scope === undefined || id === scope);
  const { data } = useQuery(gateway.read('/sweeps', { params: { query: { kind: 'backfill', storeId: scope, limit: 20 } } }));
  const running = data?.items.filter(({ state }) => state === 'running' || state === 'queued') ?? [];
  return (
    <>
      {stores.filter(isNew).map((store) => (
        <FirstPass key={store.id} store={store} />
      ))}
      {running.map((sweep) => (
        <Backfill key={sweep.id} sweep={sweep} store={stores.find(({ id }) => id === sweep.storeId)?.name ?? sweep.storeId} />
      ))}
    </>
  );
};

/** It has never been read to the end, and nothing is wrong with it that its card says. */
const isNew = ({ lastSuccessAt, status }: Store): boolean =>
  lastSuccessAt === undefined && (status === 'connecting' || status === 'running');

const FirstPass = ({ store }: { readonly store: Store }) => {
  const { t } = useTranslation('today');
  const { data } = useQuery(own.read('/api/overview', { params: { query: { store: store.id } } }));
  const count = data && Object.values(data.states).reduce((sum, orders) => sum + orders, 0);
  return (
    <Card title={t('importing.title', { store: store.name })}>
      <p className={classes.words} role="status">
        {t('importing.since', { at: day(store.startFrom) })} {count !== undefined && t('importing.soFar', { count })}
      </p>
      <Progress value={100} animated striped aria-label={t('importing.title', { store: store.name })} />
    </Card>
  );
};

const Backfill = ({ sweep: { windows, imported, finishesAt }, store }: { readonly sweep: Sweep; readonly store: string }) => {
  const { t } = useTranslation('today');
  const now = useNow();
  const title = t('importing.backfill', { store });
  return (
    <Card title={title} actions={<Link to="/gaps">{t('importing.look')}</Link>}>
      <p className={classes.words}>
        {t('importing.progress', { done: number(windows.done), total: number(windows.total), imported: number(imported) })}
        {finishesAt && `, ${t('importing.until', { ago: ago(finishesAt, now) })}`}
      </p>
      <Progress value={windows.total === 0 ? 0 : (100 * windows.done) / windows.total} aria-label={title} />
    </Card>
  );
};
