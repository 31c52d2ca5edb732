import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../api/session.ts';
import { Empty } from '../../../ui/Empty.tsx';
import { listed } from '../../../ui/format.ts';
import type { GridCard, GridColumn } from '../../../ui/grid/columns.ts';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import { useGridLayout } from '../../../ui/grid/layout.ts';
import { ListCard, listCardHeight } from '../../../ui/ListCard.tsx';
import { Status } from '../../../ui/Status.tsx';
import { When } from '../../../ui/When.tsx';
import { useStoreNames } from '../parts/useStoreNames.ts';
import { factorOf, type Person, standingOf, toneOf } from './people.ts';
import { isSingle } from './rights.ts';

export interface PeopleListProps {
  readonly people: readonly Person[];
  readonly onOpen: (person: Person) => void;
}

/** The staff, by name. */
export const PeopleList = ({ people, onOpen }: PeopleListProps) => {
  const { t } = useTranslation('setup');
  const storeNames = useStoreNames();
  const columns = useMemo<GridColumn<Person>[]>(
    () => [
      { id: 'name', header: t('people.name'), width: 160, fixed: true, cell: (person) => <Name person={person} /> },
      { id: 'email', header: t('people.email'), width: 190, cell: ({ email }) => email },
      { id: 'state', header: t('people.state'), width: 100, cell: (person) => <Standing person={person} /> },
      { id: 'role', header: t('people.role'), width: 120, cell: ({ role }) => t(`role.${role}`) },
      {
        id: 'extra',
        header: t('people.extra'),
        width: 230,
        cell: ({ permissions }) => listed(permissions.filter(isSingle).map((one) => t(`permission.${one}`))),
      },
      { id: 'stores', header: t('stores.label'), width: 110, cell: ({ stores }) => storeNames(stores) },
      {
        id: 'in',
        header: t('people.lastSignIn'),
        width: 110,
        cell: ({ lastSignInAt }) => <When at={lastSignInAt ?? undefined} />,
      },
      { id: 'factor', header: t('people.secondFactor'), width: 140, cell: (person) => t(`people.factor.${factorOf(person)}`) },
    ],
    [t, storeNames],
  );
  const card = useMemo<GridCard<Person>>(
    () => ({
      height: listCardHeight,
      cell: (person) => (
        <ListCard
          name={<Name person={person} />}
          state={<Standing person={person} />}
          about={t(`role.${person.role}`)}
          when={<When at={person.lastSignInAt ?? undefined} />}
        />
      ),
    }),
    [t],
  );
  const { layout } = useGridLayout('people', columns);
  return (
    <DataGrid
      label={t('people.title')}
      columns={columns}
      rows={people}
      idOf={({ id }) => id}
      layout={layout}
      onOpen={onOpen}
      card={card}
      empty={<Empty title={t('people.none')} />}
    />
  );
};

const Name = ({ person: { id, name } }: { readonly person: Person }) => {
  const { t } = useTranslation('setup');
  const me = useSession().person.id;
  return me === `person:${id}` ? `${name} (${t('people.you')})` : name;
};

const Standing = ({ person }: { readonly person: Person }) => {
  const { t } = useTranslation('setup');
  const standing = standingOf(person);
  return <Status tone={toneOf[standing]}>{t(`people.states.${standing}`)}</Status>;
};
