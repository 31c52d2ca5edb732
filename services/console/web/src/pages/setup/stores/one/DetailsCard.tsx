import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { done, gateway } from '../../../../api/services.ts';
import { Card } from '../../../../ui/Card.tsx';
import { Loaded } from '../../../../ui/Loaded.tsx';
import type { Store } from '../answers.ts';
import { isoOf, localOf } from '../moments.ts';
import { sellerIdPattern } from '../patterns.ts';
import { Choice } from '../settings/Choice.tsx';
import { isSame } from '../settings/drafts.tsx';
import { MarketplaceNames, MarketplacesField } from '../settings/MarketplacesField.tsx';
import { SettingsForm } from '../settings/SettingsForm.tsx';
import classes from '../settings/settings.module.css';
import { type SettingsSource, useSettings } from '../settings/useSettings.ts';
import type { StoreTabProps } from './tabs.ts';

type Details = Required<Pick<Store, 'name' | 'sellerId' | 'marketplaces' | 'cron' | 'nonAmazonOrders' | 'startFrom'>>;

/** Held still while nobody saves: a poll of the list, with other times in it, changes nothing of them. */
const detailsOf = ({ name, sellerId = '', marketplaces, cron, nonAmazonOrders, startFrom }: Store): Details => ({
  ...{ name, sellerId, marketplaces, cron, nonAmazonOrders, startFrom },
});

/** What was decided about a store. Only what was changed is sent: the rest may be somebody else's to decide. */
export const DetailsCard = ({ store }: StoreTabProps) => {
  const { t } = useTranslation('stores');
  const path = { storeId: store.id };
  const query = useQuery({ ...gateway.read('/stores/{storeId}', { params: { path } }), select: detailsOf });
  const save = (value: Details, base: Details) => {
    const changed = Object.entries(value).filter(([name, one]) => !isSame(one, base[name as keyof Details]));
    const body = Object.fromEntries(changed.map(([name, one]) => [name, name === 'cron' && one === '' ? null : one]));
    return done(gateway.PATCH('/stores/{storeId}', { params: { path }, body }));
  };
  return (
    <Card title={t('connection.details')}>
      <Loaded query={query} height={420}>
        {(loaded) => <DetailsForm store={store} loaded={loaded} query={query} save={save} />}
      </Loaded>
    </Card>
  );
};

type DetailsFormProps = Omit<SettingsSource<Details>, 'place'> & StoreTabProps & { readonly loaded: Details };

const DetailsForm = ({ store, loaded, query, save }: DetailsFormProps) => {
  const { t } = useTranslation(['stores', 'common']);
  const settings = useSettings<Details>({ place: 'connection', query, save }, loaded);
  const { value, change, mistake } = settings;
  const isManaged = store.managedBy === 'environment';
  const isNameless = value.name.trim() === '';
  const isSellerWrong = value.sellerId !== loaded.sellerId && !sellerIdPattern.test(value.sellerId);
  return (
    <SettingsForm settings={settings} isWrong={isNameless || isSellerWrong}>
      <div className={classes.pair}>
        <TextInput
          label={t('add.account.name')}
          description={isManaged ? t('connection.managedNot') : t('add.account.nameHint')}
          value={value.name}
          readOnly={isManaged}
          maxLength={100}
          onChange={({ currentTarget: { value: name } }) => change({ name })}
          error={isNameless ? t('common:required') : mistake('name')}
        />
        <TextInput
          label={t('add.account.sellerId')}
          description={t('add.account.sellerIdHint')}
          value={value.sellerId}
          maxLength={20}
          autoComplete="off"
          onChange={({ currentTarget: { value: sellerId } }) => change({ sellerId: sellerId.trim().toUpperCase() })}
          error={isSellerWrong ? t('add.account.sellerIdWrong') : mistake('sellerId')}
        />
      </div>
      {isManaged ? (
        <MarketplaceNames ids={value.marketplaces} />
      ) : (
        <MarketplacesField
          region={store.region}
          value={value.marketplaces}
          onChange={(marketplaces) => change({ marketplaces })}
          error={mistake('marketplaces')}
        />
      )}
      <Choice
        label={t('connection.other')}
        value={value.nonAmazonOrders}
        onChange={(nonAmazonOrders) => change({ nonAmazonOrders })}
        choices={[
          { value: 'leave-out', label: t('connection.otherOut'), hint: t('connection.otherOutHint') },
          { value: 'import', label: t('connection.otherIn'), hint: t('connection.otherInHint') },
        ]}
      />
      <div className={classes.pair}>
        <TextInput
          label={t('connection.cron')}
          description={t('connection.cronHint')}
          value={value.cron}
          maxLength={100}
          autoComplete="off"
          onChange={({ currentTarget: { value: cron } }) => change({ cron })}
          error={mistake('cron')}
        />
        <TextInput
          type="datetime-local"
          label={t('connection.start')}
          description={t('connection.startHint')}
          value={localOf(value.startFrom)}
          onChange={({ currentTarget: { value: local } }) => change({ startFrom: isoOf(local) ?? loaded.startFrom })}
          error={mistake('startFrom')}
        />
      </div>
    </SettingsForm>
  );
};
