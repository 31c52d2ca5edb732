import { useTranslation } from 'react-i18next';
import { useStores } from '../../api/stores.ts';
import { day, moment, money } from '../../ui/format.ts';
import { type Facts, letterReason, told } from '../../ui/told.ts';
import type { Need } from './answers.ts';
import { sayingOf } from './need-words.ts';

/** What is the matter, in the reader's words. */
export const useSaying = (): ((need: Need) => string) => {
  const { t } = useTranslation('needs');
  const stores = useStores();
  return (need) => {
    const { key, values } = sayingOf(need, {
      money,
      moment: (at) => moment(at),
      day: (at) => day(at),
      more: (count) => t('more', { count }),
      because: (cause) => t(`because.${cause}`),
      write: (kind) => t(`write.${kind}`),
      store: (id) => stores.find((store) => store.id === id)?.name ?? id,
      said: (facts) => String(told(facts as Facts).words ?? ''),
      letter: letterReason,
    });
    const words: string = t(`says.${key}`, { ...values } as { count: number });
    return words;
  };
};
