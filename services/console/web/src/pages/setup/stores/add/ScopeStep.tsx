import { Checkbox, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { localOf } from '../moments.ts';
import { Choice } from '../settings/Choice.tsx';
import { MarketplacesField } from '../settings/MarketplacesField.tsx';
import classes from '../settings/settings.module.css';
import { isSinceWrong } from './new-store.ts';
import type { StepProps } from './step.ts';

/** Which orders are read, and whether anything is sent. */
export const ScopeStep = ({ store, isTried, onChange }: StepProps) => {
  const { t } = useTranslation('stores');
  const now = new Date();
  return (
    <div className={classes.narrow}>
      <MarketplacesField region={store.region} value={store.marketplaces} onChange={(marketplaces) => onChange({ marketplaces })} />
      <Choice
        label={t('add.scope.from')}
        hint={t('add.scope.fromHint')}
        value={store.since}
        onChange={(since) => onChange({ since })}
        choices={(['now', 'day7', 'day30', 'date'] as const).map((one) => ({ value: one, label: t(`add.scope.${one}`) }))}
      />
      {store.since === 'date' && (
        <TextInput
          type="datetime-local"
          label={t('add.scope.dateLabel')}
          max={localOf(now.toISOString())}
          value={store.sinceLocal}
          onChange={({ currentTarget: { value: sinceLocal } }) => onChange({ sinceLocal })}
          error={(isTried || store.sinceLocal !== '') && isSinceWrong(store, now) ? t('add.scope.dateWrong') : undefined}
        />
      )}
      <Checkbox
        label={t('add.scope.readOnly')}
        description={t(store.source === 'sandbox' ? 'add.scope.readOnlyDemo' : 'add.scope.readOnlyReal')}
        checked={store.readOnly}
        onChange={({ currentTarget: { checked } }) => onChange({ readOnly: checked })}
      />
    </div>
  );
};
