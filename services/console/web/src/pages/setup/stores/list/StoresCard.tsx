import { Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMarketplaces, useMarketplacesKnown } from '../../../../api/marketplaces.ts';
import { Card } from '../../../../ui/Card.tsx';
import { Empty } from '../../../../ui/Empty.tsx';
import { country } from '../../../../ui/format.ts';
import { Loaded } from '../../../../ui/Loaded.tsx';
import stacked from '../../../../ui/Stacked.module.css';
import { Status } from '../../../../ui/Status.tsx';
import { When } from '../../../../ui/When.tsx';
import type { Store } from '../answers.ts';
import { tones, useStoreList } from '../store.ts';

/** Every store, with what somebody wants to know of it at a glance. */
export const StoresCard = () => {
  const { t } = useTranslation('stores');
  const query = useStoreList();
  // Their ids are wider than their names: rows would jump.
  const areMarketplacesKnown = useMarketplacesKnown();
  return (
    <Card title={t('list.title')} flush>
      <Loaded query={areMarketplacesKnown ? query : { ...query, data: undefined }} height={160}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('list.none')} text={t('list.noneText')}>
              <Link to="/setup/stores/new">{t('list.add')}</Link>
            </Empty>
          ) : (
            <Table aria-label={t('list.title')} horizontalSpacing="md" className={stacked.table}>
              <Table.Thead>
                <Table.Tr>
                  {(['name', 'status', 'region', 'marketplaces', 'writes', 'secret', 'last'] as const).map((name) => (
                    <Table.Th key={name} scope="col">
                      {t(`list.${name}`)}
                    </Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((store) => (
                  <StoreRow key={store.id} store={store} />
                ))}
              </Table.Tbody>
            </Table>
          )
        }
      </Loaded>
    </Card>
  );
};

const StoreRow = ({ store }: { readonly store: Store }) => {
  const { t } = useTranslation('stores');
  const marketplaces = useMarketplaces();
  const places = store.marketplaces.map((id) => country(marketplaces.get(id)?.country ?? id)).join(', ');
  const { secretDueAt, secretIsDue } = store.credentials;
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400}>
        <Link to="/setup/stores/$storeId" params={{ storeId: store.id }}>
          {store.name}
        </Link>
      </Table.Th>
      <Table.Td data-label={t('list.status')}>
        <Status tone={tones[store.status]}>{t(`status.${store.status}`)}</Status>
      </Table.Td>
      <Table.Td data-label={t('list.region')}>{t(`region.${store.region}`)}</Table.Td>
      <Table.Td data-label={t('list.marketplaces')}>{places === '' ? t('list.all') : places}</Table.Td>
      <Table.Td data-label={t('list.writes')}>
        {store.readOnly ? <Status tone="attention">{t('list.readOnly')}</Status> : t('list.written')}
      </Table.Td>
      <Table.Td data-label={t('list.secret')}>
        <When at={secretDueAt} /> {secretIsDue && <Status tone="attention">{t('list.due')}</Status>}
      </Table.Td>
      <Table.Td data-label={t('list.last')}>
        <When at={store.lastSuccessAt} />
      </Table.Td>
    </Table.Tr>
  );
};
