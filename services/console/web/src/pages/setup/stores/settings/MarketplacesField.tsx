import { Checkbox, Input, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMarketplaces } from '../../../../api/marketplaces.ts';
import { gateway } from '../../../../api/services.ts';
import { country } from '../../../../ui/format.ts';
import type { Region } from '../store.ts';
import classes from './MarketplacesField.module.css';

export interface MarketplacesFieldProps {
  readonly region: Region;
  readonly value: readonly string[];
  readonly onChange: (value: string[]) => void;
  readonly error?: string | undefined;
}

/** The marketplaces of a region, each with its country. */
export const MarketplacesField = ({ region, value, onChange, error }: MarketplacesFieldProps) => {
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
            <Checkbox key={id} value={id} label={country(code)} description={domain} />
          ))}
      </div>
    </Checkbox.Group>
  );
};

/** The same where they are decided elsewhere. */
export const MarketplaceNames = ({ ids }: { readonly ids: readonly string[] }) => {
  const { t } = useTranslation('stores');
  const marketplaces = useMarketplaces();
  return (
    <Input.Wrapper label={t('add.scope.marketplaces')} description={t('connection.managedNot')} labelElement="div">
      <Text>{ids.length === 0 ? t('list.all') : ids.map((id) => country(marketplaces.get(id)?.country ?? id)).join(', ')}</Text>
    </Input.Wrapper>
  );
};
