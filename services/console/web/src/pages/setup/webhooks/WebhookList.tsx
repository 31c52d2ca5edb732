import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../../ui/Empty.tsx';
import type { GridCard, GridColumn } from '../../../ui/grid/columns.ts';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import { useGridLayout } from '../../../ui/grid/layout.ts';
import { ListCard, listCardHeight } from '../../../ui/ListCard.tsx';
import { Status } from '../../../ui/Status.tsx';
import { When } from '../../../ui/When.tsx';
import { useStoreNames } from '../parts/useStoreNames.ts';
import { standingOf } from './standing.ts';
import { toneOf, type Webhook } from './webhooks.ts';

export interface WebhookListProps {
  readonly webhooks: readonly Webhook[];
  readonly onOpen: (webhook: Webhook) => void;
}

/** All webhooks, oldest first, with their standing. */
export const WebhookList = ({ webhooks, onOpen }: WebhookListProps) => {
  const { t } = useTranslation('webhooks');
  const storeNames = useStoreNames();
  const columns = useMemo<GridColumn<Webhook>[]>(
    () => [
      { id: 'name', header: t('name'), width: 220, fixed: true, cell: ({ description }) => description },
      { id: 'state', header: t('state'), width: 130, cell: (webhook) => <Standing webhook={webhook} /> },
      { id: 'url', header: t('url'), width: 280, cell: ({ url }) => url },
      {
        id: 'topics',
        header: t('topics'),
        width: 240,
        cell: ({ topics }) => (topics.includes('*') ? t('everything') : topics.join(', ')),
      },
      { id: 'stores', header: t('stores'), width: 140, cell: ({ stores }) => storeNames(stores) },
      { id: 'failures', header: t('failures'), width: 150, align: 'end', cell: ({ failures }) => failures },
    ],
    [t, storeNames],
  );
  const card = useMemo<GridCard<Webhook>>(
    () => ({
      height: listCardHeight,
      cell: (webhook) => (
        <ListCard
          name={webhook.description}
          state={<Standing webhook={webhook} />}
          about={webhook.url}
          when={<When at={webhook.stateSince} />}
        />
      ),
    }),
    [],
  );
  const { layout } = useGridLayout('webhooks', columns);
  return (
    <DataGrid
      label={t('title')}
      columns={columns}
      rows={webhooks}
      idOf={({ id }) => id}
      layout={layout}
      card={card}
      onOpen={onOpen}
      empty={<Empty title={t('none')} text={t('noneText')} />}
    />
  );
};

const Standing = ({ webhook }: { readonly webhook: Webhook }) => {
  const { t } = useTranslation('webhooks');
  const standing = standingOf(webhook);
  return <Status tone={toneOf[standing]}>{t(`states.${standing}`)}</Status>;
};
