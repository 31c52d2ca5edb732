import { Stack, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { billing, done } from '../../../../api/services.ts';
import { Card } from '../../../../ui/Card.tsx';
import { Loaded } from '../../../../ui/Loaded.tsx';
import type { BillingSettings } from '../answers.ts';
import { shopPattern } from '../patterns.ts';
import { AddressField, areTooMany, linesOf } from '../settings/AddressField.tsx';
import { Choice } from '../settings/Choice.tsx';
import { LanguageField } from '../settings/LanguageField.tsx';
import { SettingsForm } from '../settings/SettingsForm.tsx';
import classes from '../settings/settings.module.css';
import { type Settings, type SettingsSource, useSettings } from '../settings/useSettings.ts';
import { affixPattern, framed } from './numbers.ts';
import { TaxRates } from './TaxRates.tsx';
import type { StoreTabProps } from './tabs.ts';

const mostLines = 8;

/** When a store bills, how its documents are numbered, and what stands on them. */
const BillingTab = ({ store }: StoreTabProps) => {
  const path = { tenant: store.id };
  const query = useQuery(billing.read('/billing-settings/{tenant}', { params: { path } }));
  const settle = (value: BillingSettings) =>
    done(billing.PUT('/billing-settings/{tenant}', { params: { path }, body: { ...value, sellerAddress: linesOf(value.sellerAddress) } }));
  return (
    <Loaded query={query} height={640}>
      {(loaded) => <BillingForm loaded={loaded} query={query} save={settle} />}
    </Loaded>
  );
};

type BillingFormProps = Omit<SettingsSource<BillingSettings>, 'place'> & { readonly loaded: BillingSettings };

const BillingForm = ({ loaded, query, save }: BillingFormProps) => {
  const { t } = useTranslation('stores');
  const settings = useSettings<BillingSettings>({ place: 'billing', query, save }, loaded);
  const { value, change } = settings;
  return (
    <SettingsForm settings={settings} isWrong={isWrong(value)}>
      <Card title={t('billing.when')}>
        <Stack>
          <Choice
            isTitled
            label={t('billing.when')}
            value={value.invoicing}
            onChange={(invoicing) => change({ invoicing })}
            choices={(['on-import', 'on-shipment', 'manual'] as const).map((one) => ({
              ...{ value: one, label: t(`billing.${one}`), hint: t(`billing.${one}Hint`) },
            }))}
          />
          <Switch
            label={t('billing.upload')}
            description={t('billing.uploadHint')}
            checked={value.uploadVatInvoices}
            onChange={({ currentTarget: { checked } }) => change({ uploadVatInvoices: checked })}
          />
        </Stack>
      </Card>
      <Card title={t('billing.numbers')}>
        <NumberFields settings={settings} />
      </Card>
      <Card title={t('billing.seller')}>
        <SellerFields settings={settings} />
      </Card>
      <Card title={t('billing.tax')}>
        <TaxRates rates={value.vatRates} onChange={(vatRates) => change({ vatRates })} error={settings.mistake('vatRates')} />
      </Card>
      <Text c="dimmed">{t('billing.effect')}</Text>
    </SettingsForm>
  );
};

const isShopWrong = ({ shop }: BillingSettings): boolean => shop !== null && !shopPattern.test(shop);

const affixes = ['invoicePrefix', 'invoiceSuffix', 'creditMemoPrefix', 'creditMemoSuffix'] as const;

const isWrong = (value: BillingSettings): boolean =>
  isShopWrong(value) || affixes.some((name) => !affixPattern.test(value[name] ?? '')) || areTooMany(value.sellerAddress, mostLines);

interface FieldsProps {
  readonly settings: Settings<BillingSettings>;
}

const labels = {
  invoicePrefix: 'billing.invoicePrefix',
  invoiceSuffix: 'billing.invoiceSuffix',
  creditMemoPrefix: 'billing.memoPrefix',
  creditMemoSuffix: 'billing.memoSuffix',
} as const;

const NumberFields = ({ settings: { value, change, mistake } }: FieldsProps) => {
  const { t } = useTranslation('stores');
  const usual = value.shop === null ? '' : `${value.shop}-`;
  const affix = (name: (typeof affixes)[number], emptyIs: '' | null) => (
    <TextInput
      label={t(labels[name])}
      description={t(emptyIs === null ? 'billing.prefixHint' : 'billing.suffixHint')}
      value={value[name] ?? ''}
      maxLength={20}
      autoComplete="off"
      onChange={({ currentTarget: { value: text } }) => change({ [name]: text === '' ? emptyIs : text })}
      error={affixPattern.test(value[name] ?? '') ? mistake(name) : t('billing.affixWrong')}
    />
  );
  return (
    <Stack>
      <Text c="dimmed">{t('billing.numbersHint')}</Text>
      <div className={classes.narrow}>
        <TextInput
          label={t('billing.shop')}
          description={t('billing.shopHint')}
          value={value.shop ?? ''}
          maxLength={12}
          autoComplete="off"
          onChange={({ currentTarget: { value: shop } }) => change({ shop: shop === '' ? null : shop })}
          error={isShopWrong(value) ? t('orders.shopWrong') : mistake('shop')}
        />
        <div className={classes.pair}>
          {affix('invoicePrefix', null)}
          {affix('invoiceSuffix', '')}
        </div>
        <Text c="dimmed">{t('billing.looks', { example: framed(value.invoicePrefix ?? usual, value.invoiceSuffix) })}</Text>
        <div className={classes.pair}>
          {affix('creditMemoPrefix', null)}
          {affix('creditMemoSuffix', '')}
        </div>
        <Text c="dimmed">{t('billing.looks', { example: framed(value.creditMemoPrefix ?? usual, value.creditMemoSuffix) })}</Text>
      </div>
    </Stack>
  );
};

const longestFooter = 1_000;

const SellerFields = ({ settings: { value, change, mistake } }: FieldsProps) => {
  const { t } = useTranslation('stores');
  return (
    <div className={classes.narrow}>
      <TextInput
        label={t('billing.sellerName')}
        value={value.sellerName}
        maxLength={120}
        onChange={({ currentTarget: { value: sellerName } }) => change({ sellerName })}
        error={mistake('sellerName')}
      />
      <AddressField
        lines={value.sellerAddress}
        most={mostLines}
        onChange={(sellerAddress) => change({ sellerAddress })}
        error={mistake('sellerAddress')}
      />
      <div className={classes.pair}>
        <TextInput
          label={t('billing.vatId')}
          value={value.vatId}
          maxLength={40}
          onChange={({ currentTarget: { value: vatId } }) => change({ vatId })}
          error={mistake('vatId')}
        />
        <LanguageField value={value.locale} usual={t('billing.localeAuto')} onChange={(locale) => change({ locale })} />
      </div>
      <Textarea
        label={t('billing.footer')}
        description={t('billing.footerHint', { count: longestFooter })}
        value={value.footer}
        maxLength={longestFooter}
        autosize
        minRows={2}
        onChange={({ currentTarget: { value: footer } }) => change({ footer })}
        error={mistake('footer')}
      />
    </div>
  );
};

export default BillingTab;
