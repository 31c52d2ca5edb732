import { Button, Group, Radio, Stack, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filter } from './FilterBar.tsx';

export type SearchChange = (part: Readonly<Record<string, string | undefined>>) => void;

/** Changes a part of the address; the rest stays. */
export const useSearchChange = (): SearchChange => {
  const navigate = useNavigate();
  return (part) => void navigate({ to: '.', search: ((kept: object) => ({ ...kept, ...part })) as never, replace: true });
};

interface FilterOf<Value extends string> {
  readonly id: string;
  readonly label: string;
  readonly value: Value | undefined;
  readonly change: SearchChange;
}

export const textFilter = ({ id, label, value, change }: FilterOf<string>): Filter => ({
  id,
  label,
  value,
  clear: () => change({ [id]: undefined }),
  edit: (close) => (
    <TextForm
      label={label}
      value={value ?? ''}
      onDone={(text) => {
        change({ [id]: text || undefined });
        close();
      }}
    />
  ),
});

const TextForm = ({
  label,
  value,
  onDone,
}: {
  readonly label: string;
  readonly value: string;
  readonly onDone: (text: string) => void;
}) => {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
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

export const choiceFilter = <Value extends string>({
  id,
  label,
  value,
  change,
  choices,
}: FilterOf<Value> & { readonly choices: readonly (readonly [Value, string])[] }): Filter => ({
  id,
  label,
  value: choices.find(([one]) => one === value)?.[1],
  clear: () => change({ [id]: undefined }),
  edit: (close) => (
    <Radio.Group
      label={label}
      value={value ?? ''}
      onChange={(chosen) => {
        change({ [id]: chosen });
        close();
      }}
    >
      <Stack gap="xs" mt="xs">
        {choices.map(([one, name]) => (
          <Radio key={one} value={one} label={name} />
        ))}
      </Stack>
    </Radio.Group>
  ),
});
