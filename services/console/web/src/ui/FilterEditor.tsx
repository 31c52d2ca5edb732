import { Button, Group, Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface FilterEditorProps {
  readonly label: string;
  readonly value: string | undefined;
  /** What can be chosen; absent where anything can be typed. */
  readonly choices?: readonly (readonly [value: string, name: string])[];
  readonly onDone: (value: string) => void;
}

/** The field of a filter, shown in place of its chip. */
const FilterEditor = ({ label, value, choices, onDone }: FilterEditorProps) =>
  choices === undefined ? (
    <TextEditor label={label} value={value} onDone={onDone} />
  ) : (
    <Radio.Group label={label} value={value ?? ''} onChange={onDone}>
      <Stack gap="xs" mt="xs">
        {choices.map(([one, name]) => (
          <Radio key={one} value={one} label={name} />
        ))}
      </Stack>
    </Radio.Group>
  );

const TextEditor = ({ label, value, onDone }: Omit<FilterEditorProps, 'choices'>) => {
  const { t } = useTranslation();
  const [text, setText] = useState(value ?? '');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onDone(text.trim());
      }}
    >
      <Group align="end" wrap="nowrap">
        <TextInput label={label} value={text} onChange={({ currentTarget }) => setText(currentTarget.value)} data-autofocus />
        <Button type="submit">{t('do.apply')}</Button>
      </Group>
    </form>
  );
};

export default FilterEditor;
