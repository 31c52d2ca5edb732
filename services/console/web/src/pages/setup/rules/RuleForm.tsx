import { Checkbox, NativeSelect, Radio, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { language } from '../../../words/index.ts';
import { alertKinds } from '../alerts/kinds.ts';
import { FormDialog, type Mistake } from '../parts/FormDialog.tsx';
import { type Draft, draftOf, inputOf, isComplete, kindsFrom, newDraft } from './draft.ts';
import type { Rule, RuleInput } from './rules.ts';
import { ScheduleFields } from './ScheduleFields.tsx';
import { TargetFields } from './TargetFields.tsx';

export interface RuleFormProps {
  /** Absent: a new one. */
  readonly rule?: Rule | undefined;
  /** Where it stands among all of them: under that the service names what is wrong. */
  readonly index: number;
  readonly onSave: (rule: RuleInput) => Promise<unknown>;
  readonly onClose: () => void;
}

/** Who is told of what, and when. */
export const RuleForm = ({ rule, index, onSave, onClose }: RuleFormProps) => {
  const { t } = useTranslation('alerts');
  const [draft, setDraft] = useState<Draft>(() => (rule ? draftOf(rule) : newDraft(language(), zoneHere())));
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const at = `rules.${index}`;
  return (
    <FormDialog
      title={rule ? t('form.edit', { name: rule.name }) : t('form.new')}
      action={t('form.action')}
      ready={isComplete(draft)}
      fields={[at]}
      size="xl"
      onSubmit={() => onSave(inputOf(draft))}
      onClose={onClose}
    >
      {(mistakeAt) => {
        const mistake: Mistake = (field) => mistakeAt(`${at}.${field}`);
        return (
          <>
            <TextInput
              label={t('form.name')}
              description={t('form.nameHint')}
              required
              data-autofocus
              error={mistake('name')}
              value={draft.name}
              onChange={({ currentTarget }) => change({ name: currentTarget.value })}
            />
            <Switch
              label={t('form.enabled')}
              checked={draft.enabled}
              onChange={({ currentTarget }) => change({ enabled: currentTarget.checked })}
            />
            <TargetFields
              targets={draft.targets}
              onChange={(targets) => change({ targets })}
              mistakeOf={(n) => ['', '.address', '.url'].map((part) => mistake(`targets.${n}${part}`)).find((one) => one !== undefined)}
            />
            <KindFields draft={draft} onChange={change} mistake={mistake} />
            <NativeSelect
              label={t('form.language')}
              value={draft.language}
              onChange={({ currentTarget }) => change({ language: currentTarget.value === 'de' ? 'de' : 'en' })}
              data={[
                { value: 'en', label: t('form.en') },
                { value: 'de', label: t('form.de') },
              ]}
            />
            <ScheduleFields draft={draft} onChange={change} mistake={mistake} />
          </>
        );
      }}
    </FormDialog>
  );
};

const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

interface KindFieldsProps {
  readonly draft: Draft;
  readonly onChange: (part: Partial<Draft>) => void;
  readonly mistake: Mistake;
}

const KindFields = ({ draft, onChange, mistake }: KindFieldsProps) => {
  const { t } = useTranslation('alerts');
  const none = !draft.allKinds && draft.kinds.length === 0;
  return (
    <>
      <Radio.Group
        label={t('form.kinds')}
        error={mistake('kinds') ?? (none ? t('form.kindsNone') : undefined)}
        value={draft.allKinds ? 'all' : 'some'}
        onChange={(chosen) => onChange({ allKinds: chosen === 'all' })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="all" label={t('form.kindsAll')} />
          <Radio value="some" label={t('form.kindsSome')} />
        </Stack>
      </Radio.Group>
      {!draft.allKinds && (
        <Checkbox.Group
          aria-label={t('form.kindsSome')}
          value={[...draft.kinds]}
          onChange={(chosen) => onChange({ kinds: kindsFrom(chosen) })}
        >
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs" ps="xl">
            {alertKinds.map((kind) => (
              <Checkbox key={kind} value={kind} label={t(`kinds.${kind}`)} />
            ))}
          </SimpleGrid>
        </Checkbox.Group>
      )}
    </>
  );
};
