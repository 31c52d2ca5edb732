import { Tabs } from '@mantine/core';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Waiting } from '../../ui/Loaded.tsx';
import { lazily } from '../../ui/lazily.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { loadWords } from '../../words/index.ts';
import { AwayNote } from './AwayNote.tsx';
import { type Tab, tabs, useOrderAddress } from './address.ts';
import { DetailsTab } from './details/DetailsTab.tsx';
import { useOrderNews } from './news.ts';
import { OrderActions } from './OrderActions.tsx';
import { OrderAbout, OrderLead } from './OrderHeader.tsx';
import classes from './OrderView.module.css';
import { StuckBox } from './stuck/StuckBox.tsx';
import type { OrderTabProps } from './tab-props.ts';
import { ShortTimeline } from './timeline/ShortTimeline.tsx';
import { titleOf } from './title.ts';

const DoingDialog = lazily(async () => ({ default: (await import('./DoingDialog.tsx')).DoingDialog }));

const panels: Readonly<Record<Tab, React.ComponentType<OrderTabProps>>> = {
  details: DetailsTab,
  items: lazy(() => import('./items/ItemsTab.tsx')),
  shipments: lazy(() => import('./shipments/ShipmentsTab.tsx')),
  money: lazy(async () => {
    await loadWords('money');
    return import('./money/MoneyTab.tsx');
  }),
  notes: lazy(() => import('./notes/NotesTab.tsx')),
  contact: lazy(() => import('./contact/ContactTab.tsx')),
  timeline: lazy(() => import('./timeline/TimelineTab.tsx')),
  raw: lazy(() => import('./raw/RawTab.tsx')),
};

export interface OrderViewProps extends OrderTabProps {
  /** Services that did not answer. */
  readonly away: readonly string[];
  /** Why the order may be out of date. */
  readonly error: Error | null;
}

/** One order: what it is, what can be done, why it does not go on, and everything that is known of it. */
export const OrderView = ({ facts, away, error }: OrderViewProps) => {
  const { t } = useTranslation('order');
  const { tab, showTab, doing } = useOrderAddress();
  useOrderNews(facts.order.id);
  const Panel = panels[tab];
  return (
    <Page title={titleOf(facts.order, t)} about={<OrderAbout facts={facts} />} actions={<OrderActions facts={facts} />}>
      <OrderLead facts={facts} />
      {error && <ProblemNote error={error} />}
      <AwayNote services={away} />
      <div className={classes.columns} data-alone={tab === 'timeline' || undefined}>
        <div className={classes.main}>
          <StuckBox facts={facts} />
          <Tabs value={tab} onChange={(value) => showTab(value as Tab)} keepMounted={false} classNames={{ list: classes.tabs }}>
            <TabList facts={facts} current={tab} />
            <Tabs.Panel value={tab} className={classes.panel}>
              <Suspense fallback={<Waiting height={320} />}>
                <Panel facts={facts} />
              </Suspense>
            </Tabs.Panel>
          </Tabs>
        </div>
        {tab !== 'timeline' && (
          <aside className={classes.aside} aria-label={t('tab.timeline')}>
            <ShortTimeline facts={facts} />
          </aside>
        )}
      </div>
      {doing && <DoingDialog facts={facts} />}
    </Page>
  );
};

const TabList = ({ facts, current }: OrderTabProps & { readonly current: Tab }) => {
  const { t } = useTranslation('order');
  const list = useRef<HTMLDivElement>(null);
  // On narrow screens the tabs scroll: the one that is shown is brought into sight.
  useEffect(() => {
    list.current?.querySelector(`[data-tab="${current}"]`)?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [current]);
  const counts: Partial<Record<Tab, number>> = {
    items: facts.order.lines.length,
    shipments: facts.shipping?.shipments.length,
    money: facts.invoices.length + facts.creditMemos.length,
  };
  return (
    <Tabs.List ref={list} aria-label={t('tabs')}>
      {tabs.map((tab) => (
        <Tabs.Tab key={tab} value={tab} data-tab={tab}>
          {t(`tab.${tab}`)}
          {counts[tab] ? <span className={classes.count}>{counts[tab]}</span> : null}
        </Tabs.Tab>
      ))}
    </Tabs.List>
  );
};
