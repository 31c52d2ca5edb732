import { useTranslation } from 'react-i18next';
import { told } from '../../../ui/told.ts';
import { wordsFor } from '../codes.ts';
import type { Entry } from './entries.ts';

/** What happened, in a sentence. */
export const useEventWords = (): ((entry: Entry) => string) => {
  const { t } = useTranslation('events');
  return ({ kind, type, facts }) => {
    if (facts === undefined) return wordsFor({}, type);
    const key = kind === 'failed-call' ? kind : type;
    return t(key as never, told(facts) as never) as unknown as string;
  };
};
