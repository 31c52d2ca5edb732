import { Button, Stack } from '@mantine/core';
import type { SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';

export interface FieldsEditorProps {
  readonly children: React.ReactNode;
  /** What the fields say, by their names. */
  readonly apply: (fields: Readonly<Record<string, string>>) => void;
}

/** Fields that count once somebody is done with them. */
export const FieldsEditor = ({ children, apply }: FieldsEditorProps) => {
  const { t } = useTranslation('orders');
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const fields = [...new FormData(event.currentTarget).entries()];
    apply(Object.fromEntries(fields.map(([name, value]) => [name, String(value).trim()])));
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        {children}
        <Button type="submit">{t('filter.apply')}</Button>
      </Stack>
    </form>
  );
};
