import { Button, Group, NumberInput, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, fulfillment } from '../../api/services.ts';
import { useScope } from '../../api/stores.ts';
import { Card } from '../../ui/Card.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { useSearchChange } from '../../ui/filters.tsx';
import { Page } from '../../ui/Page.tsx';
import { PrintJob } from '../../ui/PrintJob.tsx';
import { sayFailed } from '../../ui/said.tsx';
import { PackingTable } from './PackingTable.tsx';
import { ShippingNav } from './ShippingNav.tsx';
import { TrackingImport } from './TrackingImport.tsx';

/** So many orders are packed in one go: a cart, a table, a break. */
const batchSize = 20;
const mostInBatch = 50;

/** Pick a batch, print its list and slips, pack, and scan what was stuck on each parcel. */
const PackingPage = () => {
  const { t } = useTranslation('shipping');
  const change = useSearchChange();
  const { orders = '' } = useSearch({ strict: false }) as { orders?: string };
  const ids = orders
    .split(',')
    .filter((id) => id !== '')
    .slice(0, mostInBatch);
  return (
    <Page title={t('packing.title')} about={t('packing.about')}>
      <ShippingNav />
      {ids.length === 0 ? (
        <PickBatch onPick={(picked) => change({ orders: picked.join(',') })} />
      ) : (
        <Card title={t('packing.batch', { count: ids.length })} actions={<Prints ids={ids} />}>
          <Stack>
            <PackingTable ids={ids} />
            <Group>
              <Button variant="default" onClick={() => change({ orders: undefined })}>
                {t('packing.another')}
              </Button>
            </Group>
          </Stack>
        </Card>
      )}
      <TrackingImport />
    </Page>
  );
};

const Prints = ({ ids }: { readonly ids: readonly string[] }) => {
  const { t } = useTranslation('shipping');
  return (
    <>
      <PrintJob orderIds={ids} document="pick-list" label={t('packing.pickList')} />
      <PrintJob orderIds={ids} document="packing-slips" label={t('packing.slips')} />
    </>
  );
};

/** The most urgent orders that nothing speaks against. */
const PickBatch = ({ onPick }: { readonly onPick: (ids: readonly string[]) => void }) => {
  const { t } = useTranslation('shipping');
  const tenant = useScope();
  const [size, setSize] = useState(batchSize);
  const ready = useQuery(fulfillment.read('/ship-by/orders', { params: { query: { limit: 1, blocked: 'false', tenant } } }));
  const pick = async (): Promise<void> => {
    const { items } = await done(fulfillment.GET('/ship-by/orders', { params: { query: { limit: size, blocked: 'false', tenant } } }));
    onPick(items.map(({ orderId }) => orderId));
  };
  if (ready.data?.items.length === 0) return <Empty title={t('packing.none')} text={t('packing.noneText')} />;
  return (
    <Card title={t('packing.pick')}>
      <Group align="end">
        <NumberInput
          label={t('packing.size')}
          description={t('packing.sizeText')}
          min={1}
          max={mostInBatch}
          value={size}
          onChange={(value) => setSize(Math.min(mostInBatch, Math.max(1, Number(value) || batchSize)))}
        />
        <Button onClick={() => void pick().catch(sayFailed)}>{t('packing.start')}</Button>
      </Group>
    </Card>
  );
};

export default PackingPage;
