import { Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { gateway } from '../../../../api/services.ts';
import { country } from '../../../../ui/format.ts';
import type { Region } from '../store.ts';
import classes from './MarketplacesField.module.css';

export interface MarketplacesFieldProps {
  readonly region: Region;
  readonly value: readonly string[];
  readonly disabled?: boolean;
  readonly onChange: (value: string[]) => void;
  readonly error?: string | undefined;
}

/** The marketplaces of a region, each with its country. */
export const MarketplacesField = ({ region, value, disabled = false, onChange, error }: MarketplacesFieldProps) => {
  const { t } = useTranslation('stores');
  const { data } = useQuery({ ...gateway.read('/marketplaces'), staleTime: Number.POSITIVE_INFINITY });
  return (
    <Checkbox.Group
      label={t('add.scope.marketplaces')}
      description={t('add.scope.marketplacesHint')}
      value={[...value]}
      onChange={onChange}
      error={error}
    >
      <div className={classes.places}>
        {data?.items
          .filter((one) => one.region === region)
          .toSorted((one, other) => country(one.country).localeCompare(country(other.country)))
          .map(({ id, country: code, domain }) => (
            <Checkbox key={id} value={id} disabled={disabled} label={country(code)} description={domain} />
          ))}
      </div>
    </Checkbox.Group>
  );
};
