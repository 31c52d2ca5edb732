import { Drawer, Stack, Table } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, gateway } from '../../api/services.ts';
import { useScope } from '../../api/stores.ts';
import { Action } from '../../ui/Action.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { useSearchChange } from '../../ui/filters.tsx';
import type { GridColumn } from '../../ui/grid/columns.ts';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import { useGridLayout } from '../../ui/grid/layout.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { OrderLink } from '../../ui/OrderLink.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { Status, type Tone } from '../../ui/Status.tsx';
import { useList } from '../../ui/useList.ts';
import { When } from '../../ui/When.tsx';
import { OperationsNav } from './OperationsNav.tsx';

type FeedState = 'uploading' | 'submitting' | 'unknown' | 'processing' | 'done' | 'fatal' | 'cancelled' | 'dropped' | 'lost';

const tones: Readonly<Record<FeedState, Tone>> = {
  uploading: 'waiting',
  submitting: 'waiting',
  unknown: 'attention',
  processing: 'waiting',
  done: 'ok',
  fatal: 'stopped',
  cancelled: 'quiet',
  dropped: 'quiet',
  lost: 'stopped',
};

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
        cell: ({ state }) => <Status tone={tones[state]}>{t(`feed.${state}`)}</Status>,
      },
      { id: 'amazon', header: t('feeds.amazon'), width: 150, cell: ({ amazonStatus }) => amazonStatus },
      { id: 'messages', header: t('feeds.messages'), width: 100, align: 'end', cell: ({ messages }) => messages },
      { id: 'accepted', header: t('feeds.accepted'), width: 100, align: 'end', cell: ({ accepted }) => accepted },
      { id: 'rejected', header: t('feeds.rejected'), width: 100, align: 'end', cell: ({ rejected }) => rejected },
      { id: 'finished', header: t('feeds.finished'), width: 120, cell: ({ finishedAt }) => finishedAt && <When at={finishedAt} /> },
      { id: 'words', header: t('errors.message'), width: 300, cell: ({ words }) => words && <span title={words}>{words}</span> },
      { id: 'store', header: t('store'), width: 130, cell: ({ storeId: store }) => store },
    ],
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

const FeedDrawer = ({ id, onClose }: { readonly id: string; readonly onClose: () => void }) => {
  const { t } = useTranslation(['operations', 'common']);
  const query = useQuery(gateway.read('/feeds/{id}', { params: { path: { id } } }));
  const queries = useQueryClient();
  const [asks, setAsks] = useState(false);
  const takeBack = async (): Promise<void> => {
    await done(gateway.POST('/feeds/{id}/cancel', { params: { path: { id } } }));
    await queries.invalidateQueries({ queryKey: ['amazon-gateway'] });
  };
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={t('feeds.one')}
      closeButtonProps={{ 'aria-label': t('common:do.close') }}
    >
      <Loaded query={query} height={480}>
        {(feed) => (
          <Stack>
            <Facts
              facts={[
                [t('feeds.type'), t(`feedType.${feed.type}`)],
                [
                  t('ledger.state'),
                  <Status key="state" tone={tones[feed.state]}>
                    {t(`feed.${feed.state}`)}
                  </Status>,
                ],
                [t('feeds.amazon'), feed.amazonStatus],
                [t('feeds.id'), feed.amazonFeedId],
                [t('feeds.opened'), <When key="opened" at={feed.openedAt} as="exact" />],
                [t('ledger.submitted'), feed.submittedAt && <When at={feed.submittedAt} as="exact" />],
                [t('feeds.nextLook'), feed.nextLookAt && <When at={feed.nextLookAt} as="exact" />],
                [t('feeds.stuck'), feed.stuckAt && <When at={feed.stuckAt} as="exact" />],
                [t('feeds.finished'), feed.finishedAt && <When at={feed.finishedAt} as="exact" />],
                [t('errors.message'), feed.words],
              ]}
            />
            <Table aria-label={t('feeds.messages')}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">#</Table.Th>
                  <Table.Th scope="col">{t('ledger.kind')}</Table.Th>
                  <Table.Th scope="col">{t('ledger.order')}</Table.Th>
                  <Table.Th scope="col">{t('ledger.state')}</Table.Th>
                  <Table.Th scope="col">{t('feeds.report')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {feed.commands.map(({ messageId, kind, orderId, amazonOrderId, state }) => (
                  <Table.Tr key={messageId}>
                    <Table.Td>{messageId}</Table.Td>
                    <Table.Td>{t(`kind.${kind}`)}</Table.Td>
                    <Table.Td>
                      <OrderLink reference={orderId}>{amazonOrderId}</OrderLink>
                    </Table.Td>
                    <Table.Td>{t(`command.${state}`)}</Table.Td>
                    <Table.Td>
                      {feed.report?.results
                        .filter((result) => result.messageId === messageId)
                        .map(({ code, words }) => (
                          <div key={code}>
                            {words} ({code})
                          </div>
                        ))}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
            <div>
              <Action
                needs="operate"
                variant="default"
                impossible={feed.state === 'processing' ? undefined : t('feeds.notNow')}
                onClick={() => setAsks(true)}
              >
                {t('feeds.takeBack')}
              </Action>
            </div>
          </Stack>
        )}
      </Loaded>
      {asks && (
        <ConfirmDialog title={t('feeds.takeBack')} action={t('feeds.takeBack')} onConfirm={takeBack} onClose={() => setAsks(false)}>
          {t('feeds.takeBackText')}
        </ConfirmDialog>
      )}
    </Drawer>
  );
};

export default FeedsPage;
