import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { GridCard, GridColumn } from '../../../ui/grid/columns.ts';
import { DataGrid, type DataGridProps } from '../../../ui/grid/DataGrid.tsx';
import { useGridLayout } from '../../../ui/grid/layout.ts';
import { ListCard, listCardHeight } from '../../../ui/ListCard.tsx';
import { useOrderNames } from '../../../ui/order-names.ts';
import { Status } from '../../../ui/Status.tsx';
import { When } from '../../../ui/When.tsx';
import { type Entry, idOf, toneOf } from './entries.ts';
import { orderIdsIn, Subjects } from './Subjects.tsx';
import { useDeed, useReason } from './useDeed.ts';

export type AuditListProps = Pick<DataGridProps<Entry>, 'rows' | 'more' | 'waiting' | 'onOpen' | 'empty'>;

/** Entries, newest first. */
export const AuditList = (props: AuditListProps) => {
  const { t } = useTranslation('audit');
  const orderName = useOrderNames(orderIdsIn(props.rows));
  const columns = useMemo<GridColumn<Entry>[]>(
    () => [
      { id: 'at', header: t('at'), width: 186, fixed: true, cell: ({ at }) => <When at={at} as="exact" /> },
      { id: 'who', header: t('who'), width: 110, cell: (entry) => <Who entry={entry} /> },
      { id: 'did', header: t('did'), width: 250, cell: ({ action }) => <Deed action={action} /> },
      { id: 'about', header: t('concerns'), width: 190, cell: ({ subjects }) => <Subjects subjects={subjects} orderName={orderName} /> },
      { id: 'outcome', header: t('outcome'), width: 120, cell: (entry) => <Outcome entry={entry} /> },
      { id: 'reason', header: t('reason'), width: 150, cell: ({ reason }) => <Reason reason={reason} /> },
      { id: 'service', header: t('service.label'), width: 175, cell: ({ service }) => t(`service.${service}`) },
    ],
    [t, orderName],
  );
  const card = useMemo<GridCard<Entry>>(
    () => ({
      height: listCardHeight,
      cell: (entry) => (
        <ListCard
          name={<Deed action={entry.action} />}
          state={<Outcome entry={entry} />}
          about={<Who entry={entry} />}
          when={<When at={entry.at} />}
        />
      ),
    }),
    [],
  );
  const { layout } = useGridLayout('audit', columns);
  return <DataGrid {...props} label={t('title')} columns={columns} idOf={idOf} layout={layout} card={card} fill />;
};

const Who = ({ entry: { actorName, onBehalfOf } }: { readonly entry: Entry }) => {
  const { t } = useTranslation('audit');
  return onBehalfOf === null ? actorName : `${actorName} ${t('behalf', { name: onBehalfOf })}`;
};

const Deed = ({ action }: { readonly action: string }) => useDeed()(action);

const Reason = ({ reason }: { readonly reason: string | null }) => useReason()(reason);

const Outcome = ({ entry: { outcome } }: { readonly entry: Entry }) => {
  const { t } = useTranslation('audit');
  return <Status tone={toneOf[outcome]}>{t(`outcomes.${outcome}`)}</Status>;
};
