import { Checkbox, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './filters.module.css';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface SetEditorProps {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly chosen: readonly string[];
  readonly choose: (values: string[]) => void;
}

const manyChoices = 12;

/** Some of many: what is ticked counts at once. What is chosen and unknown here can still be taken away. */
export const SetEditor = ({ label, choices, chosen, choose }: SetEditorProps) => {
  const { t } = useTranslation('orders');
  const [looked, setLooked] = useState('');
  const unknown = chosen.filter((value) => choices.every((one) => one.value !== value)).map((value) => ({ value, label: value }));
  const wanted = looked.trim().toLocaleLowerCase();
  const shown = [...unknown, ...choices].filter(({ value, label: name }) => `${name} ${value}`.toLocaleLowerCase().includes(wanted));
  return (
    <Stack gap="xs">
      {choices.length > manyChoices && (
        <TextInput
          data-autofocus
          aria-label={t('filter.look', { name: label })}
          placeholder={t('filter.lookFor')}
          value={looked}
          onChange={({ currentTarget: { value } }) => setLooked(value)}
        />
      )}
      <Checkbox.Group value={[...chosen]} onChange={choose} aria-label={label}>
        <div className={classes.choices}>
          {shown.map((one) => (
            <Checkbox key={one.value} value={one.value} label={one.label} />
          ))}
        </div>
      </Checkbox.Group>
    </Stack>
  );
};
