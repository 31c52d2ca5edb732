import { useTranslation } from 'react-i18next';
import { wordsFor } from '../../../ui/codes.ts';
import { letterReason, told } from '../../../ui/told.ts';
import type { Entry } from './entries.ts';

/** What happened, in a sentence. */
export const useEventWords = (): ((entry: Entry) => string) => {
  const { t } = useTranslation('events');
  return ({ kind, type, facts }) => {
    if (facts === undefined) return wordsFor({}, type);
    const key = kind === 'failed-call' ? kind : type;
    const isLetter = type === 'operations.dead_letters_opened' && typeof facts.reason === 'string';
    return t(key as never, told(isLetter ? { ...facts, reason: letterReason(String(facts.reason)) } : facts) as never) as unknown as string;
  };
};
