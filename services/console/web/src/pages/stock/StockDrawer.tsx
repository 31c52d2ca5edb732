import { Button, Group, NativeSelect, NumberInput, SimpleGrid, Stack, Switch, Table, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, fulfillment } from '../../api/services.ts';
import { Action } from '../../ui/Action.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { number } from '../../ui/format.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { OrderLink } from '../../ui/OrderLink.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { SidePanel } from '../../ui/SidePanel.tsx';
import stacked from '../../ui/Stacked.module.css';
import { sayDone, sayFailed } from '../../ui/said.tsx';
import { useList } from '../../ui/useList.ts';
import { When } from '../../ui/When.tsx';

/** One product: where its units lie, every change of them, and how to correct them. */
export const StockDrawer = ({ sku, onClose }: { readonly sku: string; readonly onClose: () => void }) => {
  const { t } = useTranslation(['stock', 'common']);
  const stock = useQuery(fulfillment.read('/stock/{sku}', { params: { path: { sku } } }));
  return (
    <SidePanel title={sku} onClose={onClose}>
      <Loaded query={stock} height={480}>
        {(product) => (
          <Stack>
            <Text fw={600}>{product.title}</Text>
            <Facts
              facts={[
                [t('available'), number(product.available)],
                [t('onHand'), number(product.onHand)],
                [t('reserved'), number(product.reserved)],
                ...product.locations.map(({ location, onHand, reserved }) => [location, t('lies', { onHand, reserved })] as const),
              ]}
            />
            <Enabled sku={sku} title={product.title} enabled={product.enabled} />
            <Adjust sku={sku} locations={product.locations.map(({ location }) => location)} />
            <Movements sku={sku} />
          </Stack>
        )}
      </Loaded>
    </SidePanel>
  );
};

interface EnabledProps {
  readonly sku: string;
  readonly title: string;
  readonly enabled: boolean;
}

const Enabled = ({ sku, title, enabled }: EnabledProps) => {
  const { t } = useTranslation('stock');
  const queries = useQueryClient();
  const set = async (to: boolean): Promise<void> => {
    await done(fulfillment.PUT('/products', { body: [{ sku, title, enabled: to }] }));
    sayDone(t(to ? 'enabledNow' : 'disabledNow'), () => set(!to).catch(sayFailed));
    await queries.invalidateQueries({ queryKey: ['fulfillment'] });
  };
  return (
    <Switch
      label={t('enabled')}
      description={t('enabledText')}
      checked={enabled}
      onChange={({ currentTarget }) => void set(currentTarget.checked).catch(sayFailed)}
    />
  );
};

/** Adds units or takes some away, with a reason; taken back by the opposite. */
const Adjust = ({ sku, locations }: { readonly sku: string; readonly locations: readonly string[] }) => {
  const { t } = useTranslation('stock');
  const queries = useQueryClient();
  const [delta, setDelta] = useState<number | string>('');
  const [reason, setReason] = useState('');
  const [location, setLocation] = useState(locations[0] ?? 'main');
  const [error, setError] = useState<unknown>();
  const post = async (units: number, why: string): Promise<void> => {
    await done(fulfillment.POST('/stock/{sku}/adjustments', { params: { path: { sku } }, body: { delta: units, reason: why, location } }));
    await queries.invalidateQueries({ queryKey: ['fulfillment'] });
  };
  const adjust = async (): Promise<void> => {
    const units = Number(delta);
    try {
      await post(units, reason.trim());
      sayDone(t('adjust.done', { sku }), () => post(-units, t('adjust.undone', { reason })).catch(sayFailed));
      setDelta('');
      setReason('');
      setError(undefined);
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void adjust();
      }}
    >
      <Stack gap="xs">
        <SimpleGrid cols={{ base: 1, xs: locations.length > 1 ? 3 : 2 }} spacing="md" verticalSpacing="xs">
          <NumberInput
            label={t('adjust.delta')}
            description={t('adjust.deltaText')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            allowDecimal={false}
            required
            value={delta}
            onChange={setDelta}
          />
          <TextInput label={t('adjust.reason')} required value={reason} onChange={({ currentTarget }) => setReason(currentTarget.value)} />
          {locations.length > 1 && (
            <NativeSelect
              label={t('location')}
              data={[...locations]}
              value={location}
              onChange={({ currentTarget }) => setLocation(currentTarget.value)}
            />
          )}
        </SimpleGrid>
        {error !== undefined && <ProblemNote error={error} />}
        <Group>
          <Action needs="operate" type="submit" impossible={Number(delta) && reason.trim() ? undefined : t('adjust.fill')}>
            {t('adjust.action')}
          </Action>
        </Group>
      </Stack>
    </form>
  );
};

const Movements = ({ sku }: { readonly sku: string }) => {
  const { t } = useTranslation(['stock', 'common']);
  const list = useList((cursor) => fulfillment.read('/stock/{sku}/movements', { params: { path: { sku }, query: { limit: 50, cursor } } }));
  return (
    <Stack gap="xs">
      <Text fw={600}>{t('movements')}</Text>
      {list.error && <ProblemNote error={list.error} retry={list.refetch} />}
      <Table aria-label={t('movements')} className={stacked.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('when')}</Table.Th>
            <Table.Th scope="col">{t('why')}</Table.Th>
            <Table.Th scope="col" ta="end">
              {t('onHand')}
            </Table.Th>
            <Table.Th scope="col" ta="end">
              {t('reserved')}
            </Table.Th>
            <Table.Th scope="col">{t('by')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {list.rows.map(({ id, at, reason, note, deltaOnHand, deltaReserved, actor, orderId }) => (
            <Table.Tr key={id}>
              <Table.Td data-label={t('when')}>
                <When at={at} />
              </Table.Td>
              <Table.Td data-label={t('why')}>
                {t(`moved.${reason}`)} {note}
              </Table.Td>
              <Table.Td ta="end" data-label={t('onHand')}>
                {signed(deltaOnHand)}
              </Table.Td>
              <Table.Td ta="end" data-label={t('reserved')}>
                {signed(deltaReserved)}
              </Table.Td>
              <Table.Td data-label={t('by')}>{orderId ? <OrderLink reference={orderId}>{t('anOrder')}</OrderLink> : actor}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {list.more.has && (
        <Button variant="default" size="compact-sm" loading={list.more.loading} onClick={() => void list.more.load()}>
          {t('common:do.more')}
        </Button>
      )}
    </Stack>
  );
};

const signed = (units: number): string => (units === 0 ? '' : `${units > 0 ? '+' : '−'}${number(Math.abs(units))}`);
