import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { wordsFor } from './codes.ts';

/** What Amazon's programs are called. */
export const useProgramNames = (): ((code: string) => string) => {
  const { t } = useTranslation();
  return useMemo(() => {
    const names: Readonly<Record<string, string>> = t('program', { returnObjects: true });
    return (code) => wordsFor(names, code);
  }, [t]);
};
