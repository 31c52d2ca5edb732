import { Button, CloseButton, Fieldset, Group, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { channels } from '../alerts/alerts.ts';
import { emptyTarget, type TargetDraft } from './draft.ts';

export interface TargetFieldsProps {
  readonly targets: readonly TargetDraft[];
  readonly onChange: (targets: readonly TargetDraft[]) => void;
  readonly mistakeOf: (index: number) => string | undefined;
}

/** Who is told: by mail, in a chat, or a program. */
export const TargetFields = ({ targets, onChange, mistakeOf }: TargetFieldsProps) => {
  const { t } = useTranslation('alerts');
  const set = (index: number, part: Partial<TargetDraft>) =>
    onChange(targets.map((target, at) => (at === index ? { ...target, ...part } : target)));
  return (
    <Fieldset legend={t('form.targets')} bg="transparent">
      {targets.map((target, index) => (
        <Target
          key={target.row}
          n={index + 1}
          target={target}
          onChange={(part) => set(index, part)}
          onRemove={targets.length > 1 ? () => onChange(targets.filter((_, at) => at !== index)) : undefined}
          mistake={mistakeOf(index)}
        />
      ))}
      <Button mt="sm" variant="default" size="compact-sm" onClick={() => onChange([...targets, emptyTarget()])}>
        {t('form.addTarget')}
      </Button>
    </Fieldset>
  );
};

interface TargetProps {
  readonly n: number;
  readonly target: TargetDraft;
  readonly onChange: (part: Partial<TargetDraft>) => void;
  readonly onRemove: (() => void) | undefined;
  readonly mistake: string | undefined;
}

const Target = ({ n, target, onChange, onRemove, mistake }: TargetProps) => {
  const { t } = useTranslation('alerts');
  const isMail = target.channel === 'mail';
  const hint = target.id === undefined ? t('form.urlHint') : t('form.urlKept');
  return (
    <Group align="start" gap="xs" mb="xs">
      <NativeSelect
        label={t('form.channel')}
        style={{ flex: '1 1 140px' }}
        value={target.channel}
        // Another way is somebody else: what was kept of a hook does not go with it.
        onChange={({ currentTarget }) =>
          onChange({ channel: channels.find((one) => one === currentTarget.value) ?? 'mail', to: '', id: undefined })
        }
        data={channels.map((one) => ({ value: one, label: t(`channel.${one}`) }))}
      />
      <TextInput
        label={isMail ? t('form.address') : t('form.url')}
        description={isMail ? undefined : hint}
        type={isMail ? 'email' : 'url'}
        required
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        error={mistake}
        value={target.to}
        onChange={({ currentTarget }) => onChange({ to: currentTarget.value })}
        style={{ flex: '3 1 240px' }}
      />
      <NativeSelect
        label={t('form.language')}
        style={{ flex: '1 1 140px' }}
        value={target.language}
        onChange={({ currentTarget: { value } }) => onChange({ language: value === 'en' || value === 'de' ? value : '' })}
        data={[
          { value: '', label: t('form.asRule') },
          { value: 'en', label: t('form.en') },
          { value: 'de', label: t('form.de') },
        ]}
      />
      {onRemove && <CloseButton mt={24} aria-label={t('form.removeTarget', { name: t('form.target', { n }) })} onClick={onRemove} />}
    </Group>
  );
};
