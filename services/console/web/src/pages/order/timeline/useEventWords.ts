import { useTranslation } from 'react-i18next';
import type { Facts } from '../../../ui/told.ts';
import { told } from '../../../ui/told.ts';
import { wordsFor } from '../codes.ts';
import type { Entry } from './entries.ts';

/** What happened, in a sentence. */
export const useEventWords = (): ((entry: Entry) => string) => {
  const { t, i18n } = useTranslation('events');
  return ({ type, data }) => {
    const key = type.replaceAll('.', '_');
    return i18n.exists(key, { ns: 'events' }) ? (t(key as never, told(factsIn(data)) as never) as unknown as string) : wordsFor({}, type);
  };
};

/** Only what can stand in a sentence. */
const factsIn = (data: Entry['data']): Facts =>
  Object.fromEntries(Object.entries(data).filter(([, value]) => typeof value === 'string' || typeof value === 'number')) as Facts;
