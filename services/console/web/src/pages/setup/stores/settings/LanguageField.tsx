import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { locale } from '../../../../words/index.ts';

const languages = ['en', 'de', 'fr', 'es', 'it', 'ja'] as const;
type DocumentLanguage = (typeof languages)[number];

export interface LanguageFieldProps {
  readonly value: DocumentLanguage | null;
  /** What is meant when none is chosen. */
  readonly usual: string;
  readonly onChange: (value: DocumentLanguage | null) => void;
}

/** The language of documents, each by its name in the reader's own. */
export const LanguageField = ({ value, usual, onChange }: LanguageFieldProps) => {
  const { t } = useTranslation('stores');
  const names = new Intl.DisplayNames(locale(), { type: 'language' });
  return (
    <NativeSelect
      label={t('billing.locale')}
      value={value ?? ''}
      data={[{ value: '', label: usual }, ...languages.map((one) => ({ value: one, label: names.of(one) ?? one }))]}
      onChange={({ currentTarget: { value: chosen } }) => onChange(languages.find((one) => one === chosen) ?? null)}
    />
  );
};
