import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../api/session.ts';
import { Action } from '../../ui/Action.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { useSearchChange } from '../../ui/filters.tsx';
import { listed } from '../../ui/format.ts';
import type { GridCard, GridColumn } from '../../ui/grid/columns.ts';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import { useGridLayout } from '../../ui/grid/layout.ts';
import { ListCard, listCardHeight } from '../../ui/ListCard.tsx';
import { lazily } from '../../ui/lazily.tsx';
import { useNow } from '../../ui/now.ts';
import { Page } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { Status } from '../../ui/Status.tsx';
import { useList } from '../../ui/useList.ts';
import { When } from '../../ui/When.tsx';
import { type ApiKey, keysPage, stateOf, toneOf } from './keys/keys.ts';
import type { MadeKey } from './keys/MakeKeyDialog.tsx';
import { Barred } from './parts/Barred.tsx';
import { useStoreNames } from './parts/useStoreNames.ts';
import { peopleQuery } from './people/people.ts';
import { SetupNav } from './SetupNav.tsx';

const KeyDrawer = lazily(async () => ({ default: (await import('./keys/KeyDrawer.tsx')).KeyDrawer }));
const MakeKeyDialog = lazily(async () => ({ default: (await import('./keys/MakeKeyDialog.tsx')).MakeKeyDialog }));
const ShownOnce = lazily(async () => ({ default: (await import('./parts/ShownOnce.tsx')).ShownOnce }));

const KeysPage = () => {
  const { t } = useTranslation('setup');
  return useMay('manage-access') ? <Keys /> : <Barred title={t('keys.title')} why={t('mayNot.keys')} />;
};

/** With which programs of the seller's come in. */
const Keys = () => {
  const { t } = useTranslation('setup');
  const change = useSearchChange();
  const storeNames = useStoreNames();
  const { key: shown } = useSearch({ strict: false }) as { key?: string };
  const [makes, setMakes] = useState(false);
  const [made, setMade] = useState<MadeKey>();
  const list = useList(keysPage);
  const makerOf = useMakers();
  const columns = useMemo<GridColumn<ApiKey>[]>(
    () => [
      { id: 'name', header: t('keys.name'), width: 190, fixed: true, cell: ({ name }) => name },
      { id: 'state', header: t('keys.state'), width: 120, cell: (key) => <Standing apiKey={key} /> },
      {
        id: 'permissions',
        header: t('keys.permissions'),
        width: 250,
        cell: ({ permissions }) => listed(permissions.map((one) => t(`permission.${one}`))),
      },
      { id: 'stores', header: t('stores.label'), width: 130, cell: ({ stores }) => storeNames(stores) },
      { id: 'expires', header: t('keys.expires'), width: 120, cell: ({ expiresAt }) => <When at={expiresAt} /> },
      { id: 'used', header: t('keys.lastUsed'), width: 120, cell: ({ lastUsedAt }) => <When at={lastUsedAt ?? undefined} /> },
      { id: 'maker', header: t('keys.maker'), width: 130, cell: makerOf },
      { id: 'created', header: t('keys.created'), width: 120, cell: ({ createdAt }) => <When at={createdAt} /> },
    ],
    [t, storeNames, makerOf],
  );
  const card = useMemo<GridCard<ApiKey>>(
    () => ({
      height: listCardHeight,
      cell: (key) => (
        <ListCard
          name={key.name}
          state={<Standing apiKey={key} />}
          about={listed(key.permissions.map((one) => t(`permission.${one}`)))}
          when={<When at={key.expiresAt} />}
        />
      ),
    }),
    [t],
  );
  const { layout } = useGridLayout('keys', columns);
  const open = list.rows.find(({ id }) => id === shown);
  return (
    <Page
      title={t('keys.title')}
      about={t('keys.about')}
      actions={
        <Action needs="manage-access" onClick={() => setMakes(true)}>
          {t('keys.make')}
        </Action>
      }
    >
      <SetupNav />
      {list.error && <ProblemNote error={list.error} retry={list.refetch} />}
      <DataGrid
        label={t('keys.title')}
        columns={columns}
        rows={list.rows}
        idOf={({ id }) => id}
        layout={layout}
        onOpen={({ id }) => change({ key: id })}
        more={list.more}
        waiting={list.waiting}
        card={card}
        empty={<Empty title={t('keys.none')} text={t('keys.noneText')} />}
      />
      {open && <KeyDrawer apiKey={open} maker={makerOf(open)} onClose={() => change({ key: undefined })} />}
      {makes && (
        <MakeKeyDialog
          onClose={() => setMakes(false)}
          onMade={(key) => {
            setMakes(false);
            setMade(key);
          }}
        />
      )}
      {made && (
        <ShownOnce
          title={t('keys.madeTitle', { name: made.name })}
          label={t('keys.one')}
          secret={made.key}
          text={t('keys.madeText')}
          until={made.expiresAt}
          onClose={() => setMade(undefined)}
        />
      )}
    </Page>
  );
};

/** Who has made a key. */
const useMakers = (): ((key: ApiKey) => string) => {
  const { data } = useQuery(peopleQuery);
  return useCallback(({ makerId }) => data?.items.find(({ id }) => id === makerId)?.name ?? '', [data]);
};

const Standing = ({ apiKey }: { readonly apiKey: ApiKey }) => {
  const { t } = useTranslation('setup');
  const state = stateOf(apiKey, useNow());
  return <Status tone={toneOf[state]}>{t(`keys.states.${state}`)}</Status>;
};

export default KeysPage;
