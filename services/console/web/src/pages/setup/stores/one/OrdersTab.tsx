import { NativeSelect, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { done, order } from '../../../../api/services.ts';
import { Card } from '../../../../ui/Card.tsx';
import { Loaded } from '../../../../ui/Loaded.tsx';
import type { OrderSettings } from '../answers.ts';
import { shopPattern } from '../patterns.ts';
import { Choice } from '../settings/Choice.tsx';
import { SettingsForm } from '../settings/SettingsForm.tsx';
import classes from '../settings/settings.module.css';
import { type Settings, useSettings } from '../settings/useSettings.ts';
import { exampleNumber } from './numbers.ts';
import type { StoreTabProps } from './tabs.ts';

/** How the orders of a store come in, and how they are numbered and called. */
const OrdersTab = ({ store }: StoreTabProps) => {
  const path = { tenant: store.id };
  const query = useQuery(order.read('/order-settings/{tenant}', { params: { path } }));
  const settle = (body: OrderSettings) => done(order.PUT('/order-settings/{tenant}', { params: { path }, body }));
  return (
    <Loaded query={query} height={640}>
      {(loaded) => <OrdersForm loaded={loaded} query={query} save={settle} />}
    </Loaded>
  );
};

interface OrdersFormProps {
  readonly loaded: OrderSettings;
  readonly query: Parameters<typeof useSettings<OrderSettings>>[0]['query'];
  readonly save: (settings: OrderSettings) => Promise<unknown>;
}

const OrdersForm = ({ loaded, query, save }: OrdersFormProps) => {
  const { t } = useTranslation('stores');
  const settings = useSettings<OrderSettings>({ place: 'orders', query, save }, loaded);
  const { value } = settings;
  const isWrong = value.shop !== null && !shopPattern.test(value.shop);
  return (
    <SettingsForm settings={settings} isWrong={isWrong}>
      <Card title={t('orders.import')}>
        <ImportFields settings={settings} />
      </Card>
      <Card title={t('orders.numbering')}>
        <NumberFields settings={settings} isWrong={isWrong} />
      </Card>
      <Card title={t('orders.customers')}>
        <Choice
          isTitled
          label={t('orders.customers')}
          value={value.customerAccounts}
          onChange={(customerAccounts) => settings.change({ customerAccounts })}
          choices={(['guest', 'account'] as const).map((one) => ({ value: one, label: t(`orders.${one}`), hint: t(`orders.${one}Hint`) }))}
        />
      </Card>
      <Card title={t('orders.statuses')}>
        <StatusFields settings={settings} />
      </Card>
      <Text c="dimmed">{t('orders.effect')}</Text>
    </SettingsForm>
  );
};

interface FieldsProps {
  readonly settings: Settings<OrderSettings>;
}

const ImportFields = ({ settings: { value, change } }: FieldsProps) => {
  const { t } = useTranslation('stores');
  return (
    <Stack>
      <Switch
        label={t('orders.importOrders')}
        description={t('orders.importOrdersHint')}
        checked={value.importOrders}
        onChange={({ currentTarget: { checked } }) => change({ importOrders: checked })}
      />
      <Choice
        label={t('orders.admission')}
        value={value.admission}
        onChange={(admission) => change({ admission })}
        choices={(['always', 'strict'] as const).map((one) => ({
          ...{ value: one, label: t(`orders.${one}`), hint: t(`orders.${one}Hint`) },
          disabled: !value.importOrders,
        }))}
      />
      <Switch
        label={t('orders.reservePending')}
        description={t('orders.reservePendingHint')}
        checked={value.reservePending}
        disabled={!value.importOrders}
        onChange={({ currentTarget: { checked } }) => change({ reservePending: checked })}
      />
    </Stack>
  );
};

const NumberFields = ({ settings: { value, change, mistake }, isWrong }: FieldsProps & { readonly isWrong: boolean }) => {
  const { t } = useTranslation('stores');
  return (
    <div className={classes.narrow}>
      <Choice
        isTitled
        label={t('orders.numbering')}
        value={value.numberSource}
        onChange={(numberSource) => change({ numberSource })}
        choices={[
          { value: 'own', label: t('orders.own'), hint: t('orders.ownHint', { example: exampleNumber(isWrong ? null : value.shop) }) },
          { value: 'amazon', label: t('orders.amazon'), hint: t('orders.amazonHint') },
        ]}
      />
      <TextInput
        label={t('orders.shop')}
        description={t('orders.shopHint')}
        value={value.shop ?? ''}
        maxLength={12}
        autoComplete="off"
        onChange={({ currentTarget: { value: shop } }) => change({ shop: shop === '' ? null : shop })}
        error={isWrong ? t('orders.shopWrong') : mistake('shop')}
      />
    </div>
  );
};

const StatusFields = ({ settings: { value, change, mistake } }: FieldsProps) => {
  const { t } = useTranslation('stores');
  const query = useQuery(order.read('/statuses'));
  const choicesOf = (state: 'new' | 'processing') => {
    const known = query.data?.items.filter((one) => one.state === state) ?? [];
    const usual = known.find(({ isDefault }) => isDefault)?.label ?? '';
    return [{ value: '', label: t('orders.usualStatus', { name: usual }) }, ...known.map(({ code, label }) => ({ value: code, label }))];
  };
  return (
    <Loaded query={query} height={60}>
      {() => (
        <Stack>
          <div className={classes.pair}>
            <NativeSelect
              label={t('orders.newStatus')}
              value={value.newOrderStatus ?? ''}
              data={choicesOf('new')}
              onChange={({ currentTarget: { value: code } }) => change({ newOrderStatus: code === '' ? null : code })}
              error={mistake('newOrderStatus')}
            />
            <NativeSelect
              label={t('orders.processingStatus')}
              value={value.processingStatus ?? ''}
              data={choicesOf('processing')}
              onChange={({ currentTarget: { value: code } }) => change({ processingStatus: code === '' ? null : code })}
              error={mistake('processingStatus')}
            />
          </div>
          <Text c="dimmed">{t('orders.statusesHint')}</Text>
        </Stack>
      )}
    </Loaded>
  );
};

export default OrdersTab;
