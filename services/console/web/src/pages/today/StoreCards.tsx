import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMarketplaces } from '../../api/marketplaces.ts';
import { gateway } from '../../api/services.ts';
import { Card } from '../../ui/Card.tsx';
import { day, moment } from '../../ui/format.ts';
import { Status } from '../../ui/Status.tsx';
import { lastErrorOf } from '../../ui/told.ts';
import { When } from '../../ui/When.tsx';
import type { Store } from './answers.ts';
import classes from './StoreCards.module.css';
import { authorizationEnds, openCircuits, scarcest, toneOf } from './store-health.ts';

/** How each store stands with Amazon. A card leads to its store. */
export const StoreCards = ({ stores }: { readonly stores: readonly Store[] }) => {
  const { t } = useTranslation('today');
  return (
    <Card
      title={t('stores.title')}
      actions={
        <Button component={Link} to="/setup/stores/new" variant="subtle" size="compact-sm">
          {t('stores.add')}
        </Button>
      }
    >
      <ul className={classes.cards}>
        {stores.map((store) => (
          <li key={store.id} className={classes.store}>
            <StoreCard store={store} />
          </li>
        ))}
      </ul>
    </Card>
  );
};

const StoreCard = ({ store }: { readonly store: Store }) => {
  const { t } = useTranslation('today');
  const marketplaces = useMarketplaces();
  const asks = store.status === 'paused' && store.pausedBy === 'amazon';
  return (
    <>
      <h3 className={classes.name}>
        <Link to="/setup/stores/$storeId" params={{ storeId: store.id }}>
          {store.name}
        </Link>
      </h3>
      <p className={classes.where}>{store.marketplaces.map((id) => marketplaces.get(id)?.domain ?? id).join(', ')}</p>
      <Status tone={toneOf(store)}>{asks ? t('stores.pausedByAmazon') : t(`stores.status.${store.status}`)}</Status>
      <dl className={classes.facts}>
        <dt>{t('stores.lastSync')}</dt>
        <dd>
          <When at={store.lastSuccessAt} />
        </dd>
        <Quota storeId={store.id} />
        <dt>{t('stores.circuit')}</dt>
        <dd>
          <CircuitWords store={store} />
        </dd>
      </dl>
      <StoreWarnings store={store} />
    </>
  );
};

const CircuitWords = ({ store }: { readonly store: Store }) => {
  const { t } = useTranslation('today');
  const open = openCircuits(store);
  if (open.length === 0) return t('stores.circuitClosed');
  return (
    <Status tone="stopped">{t('stores.circuitOpen', { circuits: open.map((name) => t(`stores.circuitOf.${name}`)).join(', ') })}</Status>
  );
};

const Quota = ({ storeId }: { readonly storeId: string }) => {
  const { t } = useTranslation('today');
  const { data } = useQuery({
    ...gateway.read('/stores/{storeId}/budget', { params: { path: { storeId } } }),
    refetchInterval: 30_000,
    meta: { live: false },
  });
  const scarce = data && scarcest(data.items);
  const { operation = '', percent = 100, pausedUntil } = scarce ?? {};
  return (
    <>
      <dt>{t('stores.budget')}</dt>
      <dd>
        {pausedUntil && <Status tone="attention">{t('stores.budgetPaused', { operation, at: moment(pausedUntil) })}</Status>}
        {scarce && !pausedUntil && t('stores.budgetLeft', { operation, percent })}
      </dd>
    </>
  );
};

const StoreWarnings = ({ store }: { readonly store: Store }) => {
  const { t } = useTranslation('today');
  const { degraded, credentials, status } = store;
  const stands = status === 'failing' || status === 'refused';
  const warnings = [
    store.readOnly && t('stores.readOnly'),
    degraded && t('stores.degraded', { without: degraded.without.join(', '), at: moment(degraded.since) }),
    credentials.secretIsDue && t('stores.secretDue', { at: day(credentials.secretDueAt) }),
    authorizationEnds(store) && t('stores.authorizationAge', { count: credentials.authorizedForDays }),
    stands && lastErrorOf(store),
  ].filter((words): words is string => typeof words === 'string' && words !== '');
  if (warnings.length === 0) return null;
  return (
    <ul className={classes.warnings}>
      {warnings.map((words) => (
        <li key={words}>{words}</li>
      ))}
    </ul>
  );
};
