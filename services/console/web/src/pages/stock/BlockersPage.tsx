import { Group } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, order } from '../../api/services.ts';
import { useScope } from '../../api/stores.ts';
import { Action } from '../../ui/Action.tsx';
import { Card } from '../../ui/Card.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { FilterBar } from '../../ui/FilterBar.tsx';
import { choiceFilter, useSearchChange } from '../../ui/filters.tsx';
import type { GridCard, GridColumn } from '../../ui/grid/columns.ts';
import { OrderGrid } from '../../ui/grid/OrderGrid.tsx';
import { ListCard, listCardHeight } from '../../ui/ListCard.tsx';
import { Page } from '../../ui/Page.tsx';
import { Status } from '../../ui/Status.tsx';
import { StoreName } from '../../ui/StoreName.tsx';
import { sayDone, sayFailed } from '../../ui/said.tsx';
import { useList } from '../../ui/useList.ts';
import { When } from '../../ui/When.tsx';
import { StockNav } from './StockNav.tsx';

const causes = ['unknown-sku', 'disabled', 'out-of-stock', 'address', 'no-lines', 'no-answer'] as const;

/** Orders that something keeps from going on, the longest waiting first, with what mends them. */
const BlockersPage = () => {
  const { t } = useTranslation('stock');
  const queries = useQueryClient();
  const tenant = useScope();
  const change = useSearchChange();
  const { cause } = useSearch({ strict: false }) as { cause?: (typeof causes)[number] };
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [admits, setAdmits] = useState(false);
  const list = useList((cursor) => order.read('/blockers', { params: { query: { limit: 100, tenant, cause, cursor } } }));
  type Row = (typeof list.rows)[number];
  const columns = useMemo<GridColumn<Row>[]>(
    () => [
      { id: 'since', header: t('blockers.since'), width: 120, cell: ({ since }) => <When at={since} /> },
      {
        id: 'order',
        header: t('blockers.order'),
        width: 190,
        fixed: true,
        cell: ({ orderId, number, amazonOrderId }) => (
          <Link to="/orders/$orderId" params={{ orderId }}>
            {number ? `#${number}` : amazonOrderId}
          </Link>
        ),
      },
      {
        id: 'why',
        header: t('blockers.why'),
        width: 480,
        cell: ({ blockers }) => <Status tone="stopped">{whyOf(blockers, t)}</Status>,
      },
      { id: 'shipBy', header: t('blockers.shipBy'), width: 120, cell: ({ shipBy }) => shipBy && <When at={shipBy} /> },
      { id: 'next', header: t('blockers.next'), width: 130, cell: ({ nextTryAt }) => <When at={nextTryAt} /> },
      { id: 'tries', header: t('blockers.tries'), width: 90, align: 'end', cell: ({ attempts }) => attempts },
      { id: 'store', header: t('blockers.store'), width: 190, cell: (row) => <StoreName id={row.tenant} /> },
    ],
    [t],
  );
  const card = useMemo<GridCard<Row>>(
    () => ({
      height: listCardHeight,
      cell: ({ number, amazonOrderId, since, blockers }) => (
        <ListCard name={number ? `#${number}` : amazonOrderId} state={<When at={since} />} about={whyOf(blockers, t)} />
      ),
    }),
    [t],
  );
  const ids = [...chosen];
  const each = async (path: '/orders/{orderId}/retry' | '/orders/{orderId}/admit'): Promise<void> => {
    const results = await Promise.allSettled(ids.map((orderId) => done(order.POST(path, { params: { path: { orderId } } }))));
    await queries.invalidateQueries({ queryKey: ['order'] });
    setChosen(new Set());
    const failed = results.find((one) => one.status === 'rejected');
    sayDone(t('blockers.tried', { count: results.filter((one) => one.status === 'fulfilled').length }));
    if (failed) throw failed.reason;
  };
  return (
    <Page title={t('blockers.title')} about={t('blockers.about')} fill>
      <StockNav />
      {tenant && <Suggestions tenant={tenant} />}
      <Group justify="space-between">
        <FilterBar
          filters={[
            choiceFilter({
              ...{ id: 'cause', label: t('blockers.why'), value: cause, change },
              choices: causes.map((one) => [one, t(`causeShort.${one}`)] as const),
            }),
          ]}
        />
        {ids.length > 0 && (
          <Group gap="xs">
            <Action needs="operate" variant="default" onClick={() => void each('/orders/{orderId}/retry').catch(sayFailed)}>
              {t('blockers.retry', { count: ids.length })}
            </Action>
            <Action needs="operate" variant="default" onClick={() => setAdmits(true)}>
              {t('blockers.admit', { count: ids.length })}
            </Action>
          </Group>
        )}
      </Group>
      <OrderGrid
        id="blockers"
        label={t('blockers.title')}
        columns={columns}
        card={card}
        list={list}
        chosen={chosen}
        choose={setChosen}
        fill
        empty={<Empty title={t('blockers.none')} text={t('blockers.noneText')} />}
      />
      {admits && (
        <ConfirmDialog
          title={t('blockers.admitTitle', { count: ids.length })}
          action={t('blockers.admitAction')}
          onConfirm={() => each('/orders/{orderId}/admit')}
          onClose={() => setAdmits(false)}
        >
          {t('blockers.admitText')}
        </ConfirmDialog>
      )}
    </Page>
  );
};

interface Blocker {
  readonly cause: (typeof causes)[number];
  readonly sku?: string | null | undefined;
}

const whyOf = (blockers: readonly Blocker[], t: TFunction<'stock'>): string =>
  blockers.map(({ cause, sku }) => t(`cause.${cause}`, { sku: sku ?? '' })).join('; ');

/** SKUs that orders wait for and that no product has, each with the product that may be meant. */
const Suggestions = ({ tenant }: { readonly tenant: string }) => {
  const { t } = useTranslation('stock');
  const queries = useQueryClient();
  const { data } = useQuery(order.read('/sku-map/{tenant}/suggestions', { params: { path: { tenant } } }));
  if (!data || data.items.length === 0) return null;
  const take = async (sellerSku: string, sku: string): Promise<void> => {
    await done(order.PUT('/sku-map/{tenant}', { params: { path: { tenant } }, body: { items: [{ sellerSku, sku }] } }));
    const undo = () => done(order.DELETE('/sku-map/{tenant}/{sellerSku}', { params: { path: { tenant, sellerSku } } })).catch(sayFailed);
    sayDone(t('map.done', { sellerSku, sku }), undo);
    await queries.invalidateQueries({ queryKey: ['order'] });
  };
  return (
    <Card title={t('map.title')}>
      {data.items.map(({ sellerSku, orders, suggestions }) => (
        <Group key={sellerSku} gap="xs">
          <span>{t('map.waits', { count: orders, sellerSku })}</span>
          {suggestions.map(({ sku }) => (
            <Action
              key={sku}
              needs="operate"
              size="compact-sm"
              variant="default"
              onClick={() => void take(sellerSku, sku).catch(sayFailed)}
            >
              {t('map.take', { sku })}
            </Action>
          ))}
        </Group>
      ))}
    </Card>
  );
};

export default BlockersPage;
