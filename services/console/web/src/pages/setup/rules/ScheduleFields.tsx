import { Checkbox, Group, NativeSelect, NumberInput, Radio, Stack, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { alertKinds } from '../alerts/kinds.ts';
import type { Mistake } from '../parts/FormDialog.tsx';
import { type Draft, kindsFrom } from './draft.ts';

export interface ScheduleFieldsProps {
  readonly draft: Draft;
  readonly onChange: (part: Partial<Draft>) => void;
  readonly mistake: Mistake;
}

/** When it is told: at once, or gathered, and when not. */
export const ScheduleFields = ({ draft, onChange, mistake }: ScheduleFieldsProps) => {
  const { t } = useTranslation('alerts');
  return (
    <>
      <Radio.Group
        label={t('form.when')}
        value={draft.when}
        onChange={(when) => onChange({ when: when as Draft['when'] })}
        error={mistake('schedule') ?? mistake('schedule.when')}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="at-once" label={t('form.atOnce')} />
          <Radio value="hourly" label={t('form.hourly')} />
          <Radio value="daily" label={t('form.daily')} />
        </Stack>
      </Radio.Group>
      {draft.when === 'at-once' && (
        <NumberInput
          label={t('form.throttle')}
          description={t('form.throttleHint')}
          min={0}
          max={1440}
          allowDecimal={false}
          error={mistake('schedule.throttleMinutes')}
          value={draft.throttleMinutes}
          onChange={(throttleMinutes) => onChange({ throttleMinutes })}
        />
      )}
      {draft.when === 'daily' && (
        <TextInput
          label={t('form.dailyAt')}
          description={t('form.dailyHint')}
          required
          error={mistake('schedule.at') ?? mistake('schedule.at.0') ?? mistake('schedule.at.1')}
          value={draft.dailyAt}
          onChange={({ currentTarget }) => onChange({ dailyAt: currentTarget.value })}
        />
      )}
      <NativeSelect
        label={t('form.timeZone')}
        error={mistake('timeZone')}
        value={draft.timeZone}
        onChange={({ currentTarget }) => onChange({ timeZone: currentTarget.value })}
        data={zonesWith(draft.timeZone)}
      />
      <Switch
        label={t('form.quiet')}
        description={t('form.quietHint')}
        checked={draft.quiet}
        onChange={({ currentTarget }) => onChange({ quiet: currentTarget.checked })}
      />
      {draft.quiet && <QuietFields draft={draft} onChange={onChange} mistake={mistake} />}
    </>
  );
};

const zonesWith = (zone: string): string[] => [...new Set([zone, 'UTC', ...Intl.supportedValuesOf('timeZone')])];

const QuietFields = ({ draft, onChange, mistake }: ScheduleFieldsProps) => {
  const { t } = useTranslation('alerts');
  const kinds = draft.allKinds ? alertKinds : draft.kinds;
  return (
    <>
      <Group align="start">
        <TextInput
          type="time"
          label={t('form.from')}
          error={mistake('quietHours.from') ?? mistake('quietHours')}
          value={draft.from}
          onChange={({ currentTarget }) => onChange({ from: currentTarget.value })}
        />
        <TextInput
          type="time"
          label={t('form.until')}
          error={mistake('quietHours.until')}
          value={draft.until}
          onChange={({ currentTarget }) => onChange({ until: currentTarget.value })}
        />
      </Group>
      {draft.when === 'at-once' && (
        <Checkbox.Group label={t('form.except')} value={[...draft.except]} onChange={(chosen) => onChange({ except: kindsFrom(chosen) })}>
          <Stack gap="xs" mt="xs">
            {kinds.map((kind) => (
              <Checkbox key={kind} value={kind} label={t(`kinds.${kind}`)} />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
    </>
  );
};
