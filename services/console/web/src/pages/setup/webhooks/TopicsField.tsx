import { Box, Checkbox, Radio, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { notification } from '../../../api/services.ts';
import { Loaded } from '../../../ui/Loaded.tsx';
import { chosenTopics, groupsOf } from './topics.ts';

export interface TopicsFieldProps {
  readonly value: readonly string[];
  readonly onChange: (topics: readonly string[]) => void;
  readonly error?: string | undefined;
}

const everything = '*';

/** Which events: all, whole groups, or single ones. */
export const TopicsField = ({ value, onChange, error }: TopicsFieldProps) => {
  const { t } = useTranslation('webhooks');
  const query = useQuery({ ...notification.read('/webhooks/topics'), meta: { live: false } });
  const all = value.includes(everything);
  return (
    <Stack gap="xs">
      <Radio.Group
        label={t('form.topics')}
        error={error ?? (value.length === 0 ? t('form.choose') : undefined)}
        value={all ? 'all' : 'some'}
        onChange={(chosen) => onChange(chosen === 'all' ? [everything] : ['order.*'])}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="all" label={t('form.all')} />
          <Radio value="some" label={t('form.some')} />
        </Stack>
      </Radio.Group>
      {!all && (
        <Loaded query={query} height={320}>
          {({ items }) => (
            <Checkbox.Group aria-label={t('form.some')} value={[...value]} onChange={(chosen) => onChange(chosenTopics(chosen))}>
              <Stack gap="xs" ps="xl">
                {groupsOf(items).map(([group, topics]) => (
                  <Group key={group} group={group} topics={topics} whole={value.includes(`${group}.*`)} />
                ))}
              </Stack>
            </Checkbox.Group>
          )}
        </Loaded>
      )}
    </Stack>
  );
};

interface GroupProps {
  readonly group: string;
  readonly topics: readonly string[];
  readonly whole: boolean;
}

const groups = [
  ...(['amazon', 'credit_memo', 'invoice', 'operations', 'order', 'pickup'] as const),
  ...(['refund', 'return', 'ship_by', 'shipment', 'stock'] as const),
] as const;

const Group = ({ group, topics, whole }: GroupProps) => {
  const { t } = useTranslation('webhooks');
  const known = groups.find((one) => one === group);
  const name = known ? t(`group.${known}`) : group;
  return (
    <div>
      <Checkbox value={`${group}.*`} label={t('form.wholeGroup', { group: name })} />
      {!whole && (
        <details>
          <Box component="summary" fz="sm" mih={24} ps="xl">
            {t('form.single', { count: topics.length })}
          </Box>
          <Stack gap="xs" ps="xl" pt="xs">
            {topics.map((topic) => (
              <Checkbox key={topic} value={topic} label={topic} />
            ))}
          </Stack>
        </details>
      )}
    </div>
  );
};
