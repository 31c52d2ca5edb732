import { useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { gateway } from '../../api/services.ts';
import { useScope } from '../../api/stores.ts';
import { Empty } from '../../ui/Empty.tsx';
import { useSearchChange } from '../../ui/filters.tsx';
import type { GridCard, GridColumn } from '../../ui/grid/columns.ts';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import { useGridLayout } from '../../ui/grid/layout.ts';
import { ListCard, listCardHeight } from '../../ui/ListCard.tsx';
import { lazily } from '../../ui/lazily.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { Status } from '../../ui/Status.tsx';
import { StoreName } from '../../ui/StoreName.tsx';
import { useList } from '../../ui/useList.ts';
import { When } from '../../ui/When.tsx';
import { type ToldFeed, toneOfFeed, wordsOf } from './feeds.ts';
import { OperationsNav } from './OperationsNav.tsx';

const FeedDrawer = lazily(async () => ({ default: (await import('./FeedDrawer.tsx')).FeedDrawer }));

/** The batches in which cancellations, refunds and invoices went to Amazon. */
const FeedsPage = () => {
  const { t } = useTranslation('operations');
  const storeId = useScope();
  const change = useSearchChange();
  const { feed } = useSearch({ strict: false }) as { feed?: string };
  const list = useList((cursor) => gateway.read('/feeds', { params: { query: { limit: 100, storeId, cursor } } }));
  type Row = (typeof list.rows)[number];
  const columns = useMemo<GridColumn<Row>[]>(
    () => [
      { id: 'opened', header: t('feeds.opened'), width: 120, cell: ({ openedAt }) => <When at={openedAt} /> },
      { id: 'type', header: t('feeds.type'), width: 200, cell: ({ type }) => t(`feedType.${type}`) },
      {
        id: 'state',
        header: t('ledger.state'),
        width: 170,
        cell: ({ state }) => <Status tone={toneOfFeed[state]}>{t(`feed.${state}`)}</Status>,
      },
      {
        id: 'amazon',
        header: t('feeds.amazon'),
        width: 150,
        cell: ({ amazonStatus }) => amazonStatus && t(`feedAtAmazon.${amazonStatus}`, { defaultValue: amazonStatus }),
      },
      { id: 'messages', header: t('feeds.messages'), width: 100, align: 'end', cell: ({ messages }) => messages },
      { id: 'accepted', header: t('feeds.accepted'), width: 100, align: 'end', cell: ({ accepted }) => accepted },
      { id: 'rejected', header: t('feeds.rejected'), width: 100, align: 'end', cell: ({ rejected }) => rejected },
      { id: 'finished', header: t('feeds.finished'), width: 120, cell: ({ finishedAt }) => finishedAt && <When at={finishedAt} /> },
      { id: 'words', header: t('errors.message'), width: 300, cell: (feed) => <Words feed={feed} /> },
      { id: 'store', header: t('store'), width: 190, cell: ({ storeId: store }) => <StoreName id={store} /> },
    ],
    [t],
  );
  const card = useMemo<GridCard<Row>>(
    () => ({
      height: listCardHeight,
      cell: (row) => (
        <ListCard
          name={t(`feedType.${row.type}`)}
          state={<Status tone={toneOfFeed[row.state]}>{t(`feed.${row.state}`)}</Status>}
          about={wordsOf(row) ?? <StoreName id={row.storeId} />}
          when={<When at={row.openedAt} />}
        />
      ),
    }),
    [t],
  );
  const { layout } = useGridLayout('feeds', columns);
  return (
    <Page title={t('feeds.title')} about={t('feeds.about')} fill>
      <OperationsNav />
      {list.error && <ProblemNote error={list.error} retry={list.refetch} />}
      <DataGrid
        label={t('feeds.title')}
        columns={columns}
        rows={list.rows}
        idOf={({ id }) => id}
        layout={layout}
        card={card}
        onOpen={({ id }) => change({ feed: id })}
        more={list.more}
        waiting={list.waiting}
        fill
        empty={<Empty title={t('feeds.none')} text={t('feeds.noneText')} />}
      />
      {feed && <FeedDrawer id={feed} onClose={() => change({ feed: undefined })} />}
    </Page>
  );
};

const Words = ({ feed }: { readonly feed: ToldFeed }) => {
  const words = wordsOf(feed);
  return words && <span title={words}>{words}</span>;
};

export default FeedsPage;
