import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Choice } from '../settings/Choice.tsx';
import classes from '../settings/settings.module.css';
import { regions } from '../store.ts';
import { idFor, isIdTaken, isIdWrong, isSellerWrong } from './new-store.ts';
import type { StepProps } from './step.ts';

/** Which account it is, and what it is called here. */
export const AccountStep = ({ store, stores, isTried, onChange }: StepProps) => {
  const { t } = useTranslation(['stores', 'common']);
  const isDemo = store.source === 'sandbox';
  const idMistake = (): string | undefined => {
    if (isIdTaken(store, stores)) return t('add.account.idTaken');
    return isIdWrong(store) && (isTried || store.id !== '') ? t('add.account.idWrong') : undefined;
  };
  return (
    <div className={classes.narrow}>
      <Choice
        label={t('add.account.region')}
        value={store.region}
        onChange={(region) => onChange({ region, marketplaces: [] })}
        hint={t('add.account.regionHint')}
        choices={regions.map((one) => ({ value: one, label: t(`regionLong.${one}`), disabled: isDemo && one !== store.region }))}
      />
      <TextInput
        label={t('add.account.name')}
        description={t('add.account.nameHint')}
        required
        maxLength={100}
        value={store.name}
        onChange={({ currentTarget: { value: name } }) => onChange({ name, ...(store.hasOwnId ? {} : { id: idFor(name) }) })}
        error={isTried && store.name.trim() === '' ? t('common:required') : undefined}
      />
      <TextInput
        label={t('add.account.id')}
        description={t('add.account.idHint')}
        required
        maxLength={40}
        autoComplete="off"
        value={store.id}
        onChange={({ currentTarget: { value: id } }) => onChange({ id, hasOwnId: true })}
        error={idMistake()}
      />
      <TextInput
        label={t('add.account.sellerId')}
        description={t('add.account.sellerIdHint')}
        maxLength={20}
        autoComplete="off"
        readOnly={isDemo}
        value={store.sellerId}
        onChange={({ currentTarget: { value } }) => onChange({ sellerId: value.trim().toUpperCase() })}
        error={isSellerWrong(store) ? t('add.account.sellerIdWrong') : undefined}
      />
    </div>
  );
};
