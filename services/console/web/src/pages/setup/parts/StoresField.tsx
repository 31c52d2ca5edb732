import { Checkbox, Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../api/session.ts';
import { useStores } from '../../../api/stores.ts';

export type Stores = '*' | readonly string[];

export interface StoresFieldProps {
  readonly value: Stores;
  readonly onChange: (stores: Stores) => void;
  readonly error?: string | undefined;
}

/** All stores, or some of those that this person sees. */
export const StoresField = ({ value, onChange, error }: StoresFieldProps) => {
  const { t } = useTranslation('setup');
  const { stores: own } = useSession();
  const stores = useStores();
  const names = new Map(stores.map(({ id, name }) => [id, name]));
  const ids = [...new Set([...names.keys(), ...(value === '*' ? [] : value)])];
  return (
    <Stack gap="xs">
      <Radio.Group
        label={t('stores.label')}
        error={error ?? (value.length === 0 ? t('stores.none') : undefined)}
        value={value === '*' ? 'all' : 'some'}
        onChange={(chosen) => onChange(chosen === 'all' ? '*' : own === '*' ? ids : own)}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="all" label={t('stores.all')} disabled={own !== '*'} />
          <Radio value="some" label={t('stores.some')} />
        </Stack>
      </Radio.Group>
      {value !== '*' && (
        <Checkbox.Group aria-label={t('stores.some')} value={[...value]} onChange={onChange}>
          <Stack gap="xs" ps="xl">
            {ids.map((id) => (
              <Checkbox key={id} value={id} label={names.get(id) ?? id} />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
    </Stack>
  );
};
