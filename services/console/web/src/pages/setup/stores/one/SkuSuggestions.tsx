import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { order } from '../../../../api/services.ts';
import { Action } from '../../../../ui/Action.tsx';
import { Card } from '../../../../ui/Card.tsx';
import { sayFailed } from '../../../../ui/said.tsx';
import classes from './one.module.css';
import { type MappingTarget, useMappings } from './useMappings.ts';

/** SKUs that orders wait for, each with the products that may be meant: one click says which. */
export const SkuSuggestions = ({ tenant }: MappingTarget) => {
  const { t } = useTranslation('stores');
  const { add } = useMappings(tenant);
  const { data } = useQuery(order.read('/sku-map/{tenant}/suggestions', { params: { path: { tenant } } }));
  if (data === undefined || data.items.length === 0) return null;
  return (
    <Card title={t('skus.suggestions')}>
      <Stack gap="xs">
        <Text c="dimmed">{t('skus.suggestionsText')}</Text>
        <ul className={classes.suggestions}>
          {data.items.map(({ sellerSku, orders, suggestions }) => (
            <li key={sellerSku}>
              <span className={classes.sku}>{sellerSku}</span>
              <span className={classes.waits}>{t('skus.waits', { count: orders })}</span>
              <Group gap="xs">
                {suggestions.length === 0 && <Text c="dimmed">{t('skus.noSuggestion')}</Text>}
                {suggestions.map(({ sku }) => (
                  <Action
                    key={sku}
                    needs="operate"
                    size="compact-sm"
                    variant="default"
                    onClick={() => void add({ sellerSku, sku }).catch(sayFailed)}
                  >
                    {t('skus.is', { sku })}
                  </Action>
                ))}
              </Group>
            </li>
          ))}
        </ul>
      </Stack>
    </Card>
  );
};
