import { Group, Tabs } from '@mantine/core';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../ui/Empty.tsx';
import { Loaded, Waiting } from '../../ui/Loaded.tsx';
import { Page } from '../../ui/Page.tsx';
import { Status } from '../../ui/Status.tsx';
import { SetupNav } from './SetupNav.tsx';
import type { Store } from './stores/answers.ts';
import { ConnectionTab } from './stores/one/ConnectionTab.tsx';
import classes from './stores/one/one.module.css';
import { type StoreTabProps, type Tab, tabOf, tabs } from './stores/one/tabs.ts';
import { DraftsProvider, useUnsaved } from './stores/settings/drafts.tsx';
import { tones, useStoreList } from './stores/store.ts';

const panels: Readonly<Record<Tab, React.ComponentType<StoreTabProps>>> = {
  connection: ConnectionTab,
  orders: lazy(() => import('./stores/one/OrdersTab.tsx')),
  skus: lazy(() => import('./stores/one/SkuTab.tsx')),
  billing: lazy(() => import('./stores/one/BillingTab.tsx')),
  documents: lazy(() => import('./stores/one/DocumentsTab.tsx')),
};

/** One store: how it is connected, and everything that is settled for it. */
const StorePage = () => {
  const { t } = useTranslation('stores');
  const storeId = useParams({ strict: false, select: (params: { storeId?: string }) => params.storeId });
  const stores = useStoreList();
  const store = stores.data?.items.find(({ id }) => id === storeId);
  return (
    <Page title={store?.name ?? storeId ?? t('title')} about={store && <About store={store} />}>
      <SetupNav />
      <Loaded query={stores} height={640}>
        {() =>
          store === undefined ? (
            <Empty title={t('store.unknown')} text={t('store.unknownText')}>
              <Link to="/setup">{t('store.back')}</Link>
            </Empty>
          ) : (
            <DraftsProvider key={store.id} names={Object.fromEntries(tabs.map((tab) => [tab, t(`store.tab.${tab}`)]))}>
              <StoreTabs store={store} />
            </DraftsProvider>
          )
        }
      </Loaded>
    </Page>
  );
};

const About = ({ store }: { readonly store: Store }) => {
  const { t } = useTranslation('stores');
  return (
    <Group gap="md">
      <Status tone={tones[store.status]}>{t(`status.${store.status}`)}</Status>
      <Link to="/setup">{t('store.back')}</Link>
    </Group>
  );
};

const StoreTabs = ({ store }: StoreTabProps) => {
  const { t } = useTranslation('stores');
  const navigate = useNavigate();
  const tab = useSearch({ strict: false, select: (search: { tab?: unknown }) => tabOf(search.tab) });
  const unsaved = useUnsaved();
  const Panel = panels[tab];
  const show = (chosen: string | null) =>
    void navigate({
      to: '.',
      search: ((kept: object) => ({ ...kept, tab: chosen === 'connection' ? undefined : chosen })) as never,
      replace: true,
    });
  return (
    <Tabs value={tab} onChange={show} keepMounted={false} classNames={{ list: classes.tabs, panel: classes.panel }}>
      <Tabs.List aria-label={t('store.tabs')}>
        {tabs.map((one) => (
          <Tabs.Tab key={one} value={one}>
            {t(`store.tab.${one}`)}
            {unsaved.includes(one) && <span className={classes.unsaved}>{t('store.changed')}</span>}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={tab}>
        <Suspense fallback={<Waiting height={640} />}>
          <Panel store={store} />
        </Suspense>
      </Tabs.Panel>
    </Tabs>
  );
};

export default StorePage;
