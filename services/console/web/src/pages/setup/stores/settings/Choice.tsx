import { Radio, Stack } from '@mantine/core';

export interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly choices: readonly { readonly value: Value; readonly label: string; readonly hint?: string; readonly disabled?: boolean }[];
  readonly hint?: string;
  /** What it is about is said above it already. */
  readonly isTitled?: boolean;
  readonly error?: string | undefined;
}

/** One of a few, each with what it means. */
export const Choice = <Value extends string>({ label, hint, isTitled = false, value, onChange, choices, error }: ChoiceProps<Value>) => (
  <Radio.Group
    label={label}
    description={hint}
    {...(isTitled ? { labelProps: { className: 'visually-hidden' } } : {})}
    value={value}
    onChange={(chosen) => onChange(chosen as Value)}
    error={error}
  >
    <Stack gap="xs" mt="xs">
      {choices.map(({ value: one, label: name, hint: meaning, disabled }) => (
        <Radio key={one} value={one} label={name} description={meaning} disabled={disabled ?? false} />
      ))}
    </Stack>
  </Radio.Group>
);
