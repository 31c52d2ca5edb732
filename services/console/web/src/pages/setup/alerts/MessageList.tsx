import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { notification } from '../../../api/services.ts';
import { useScope } from '../../../api/stores.ts';
import { Empty } from '../../../ui/Empty.tsx';
import { FilterBar } from '../../../ui/FilterBar.tsx';
import { choiceFilter, useSearchChange } from '../../../ui/filters.tsx';
import type { GridCard, GridColumn } from '../../../ui/grid/columns.ts';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import { useGridLayout } from '../../../ui/grid/layout.ts';
import { ListCard, listCardHeight } from '../../../ui/ListCard.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { SidePanel } from '../../../ui/SidePanel.tsx';
import { Status } from '../../../ui/Status.tsx';
import { useList } from '../../../ui/useList.ts';
import { When } from '../../../ui/When.tsx';
import { channels, messageStates, toneOfMessage } from './alerts.ts';
import { Message } from './Message.tsx';

/** All messages to the staff, newest first, with what became of them. */
export const MessageList = () => {
  const { t } = useTranslation('alerts');
  const change = useSearchChange();
  const search = useSearch({ strict: false }) as { readonly state?: string; readonly channel?: string; readonly message?: string };
  const state = messageStates.find((one) => one === search.state);
  const channel = channels.find((one) => one === search.channel);
  const tenant = useScope();
  const list = useList((cursor) => notification.read('/deliveries', { params: { query: { limit: 100, state, channel, tenant, cursor } } }));
  type Row = (typeof list.rows)[number];
  const columns = useMemo<GridColumn<Row>[]>(
    () => [
      { id: 'planned', header: t('message.planned'), width: 120, cell: ({ plannedFor }) => <When at={plannedFor} /> },
      { id: 'to', header: t('message.to'), width: 280, fixed: true, cell: ({ recipient }) => recipient },
      { id: 'channel', header: t('message.channel'), width: 160, cell: (row) => t(`channel.${row.channel}`) },
      { id: 'state', header: t('message.state'), width: 150, cell: (row) => <Standing row={row} /> },
      {
        id: 'rule',
        header: t('message.rule'),
        width: 160,
        cell: ({ rule, test }) => (test ? `${rule.name} (${t('message.test')})` : rule.name),
      },
      { id: 'error', header: t('message.error'), width: 300, cell: ({ lastError }) => lastError },
    ],
    [t],
  );
  const card = useMemo<GridCard<Row>>(
    () => ({
      height: listCardHeight,
      cell: (row) => (
        <ListCard
          name={row.recipient}
          state={<Standing row={row} />}
          about={row.lastError ?? row.rule.name}
          when={<When at={row.plannedFor} />}
        />
      ),
    }),
    [],
  );
  const { layout } = useGridLayout('messages', columns);
  const filters = [
    choiceFilter({
      ...{ id: 'state', label: t('message.state'), value: state, change },
      choices: messageStates.map((one) => [one, t(`state.${one}`)] as const),
    }),
    choiceFilter({
      ...{ id: 'channel', label: t('message.channel'), value: channel, change },
      choices: channels.map((one) => [one, t(`channel.${one}`)] as const),
    }),
  ];
  return (
    <>
      <FilterBar filters={filters} />
      {list.error && <ProblemNote error={list.error} retry={list.refetch} />}
      <DataGrid
        label={t('views.messages')}
        columns={columns}
        rows={list.rows}
        idOf={({ id }) => id}
        layout={layout}
        card={card}
        onOpen={({ id }) => change({ message: id })}
        more={list.more}
        waiting={list.waiting}
        fill
        empty={<Empty title={t('none.messages')} text={t('noneText.messages')} />}
      />
      {search.message && <MessageDrawer id={search.message} onClose={() => change({ message: undefined })} />}
    </>
  );
};

const Standing = ({ row: { state } }: { readonly row: { readonly state: (typeof messageStates)[number] } }) => {
  const { t } = useTranslation('alerts');
  return <Status tone={toneOfMessage[state]}>{t(`state.${state}`)}</Status>;
};

const MessageDrawer = ({ id, onClose }: { readonly id: string; readonly onClose: () => void }) => {
  const { t } = useTranslation('alerts');
  const query = useQuery(notification.read('/deliveries/{id}', { params: { path: { id } } }));
  return (
    <SidePanel title={t('message.rule')} onClose={onClose}>
      <Loaded query={query} height={320}>
        {(message) => <Message message={message} />}
      </Loaded>
    </SidePanel>
  );
};
