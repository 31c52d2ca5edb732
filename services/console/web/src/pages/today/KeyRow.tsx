import { useTranslation } from 'react-i18next';
import { useScope } from '../../api/stores.ts';
import type { Overview, ShipBoard } from './answers.ts';
import { KeyNumbers } from './KeyNumbers.tsx';
import { type Bucket, marketplacesOf, sumOf } from './ship-board.ts';

/** To ship today, overdue, needs me, waiting at Amazon. */
export const KeyRow = ({ overview, board }: { readonly overview: Overview | undefined; readonly board: ShipBoard | undefined }) => {
  const { t } = useTranslation('today');
  const scope = useScope();
  const due = (bucket: Bucket) => board && sumOf(marketplacesOf(board, scope), bucket);
  const today = due('due-today');
  const overdue = due('overdue');
  const blockedWords = (count: typeof today, without: string): string =>
    count?.blocked ? t('key.blocked', { count: count.blocked }) : count ? without : '';
  return (
    <KeyNumbers
      numbers={[
        {
          label: t('key.toShip'),
          value: today?.orders,
          means: blockedWords(today, t('key.allFree')),
          tone: 'plain',
          to: { to: '/ship', search: { bucket: 'due-today' } },
        },
        {
          label: t('key.overdue'),
          value: overdue?.orders,
          means: blockedWords(overdue, overdue?.orders === 0 ? t('key.noneOverdue') : t('key.allFree')),
          tone: 'stopped',
          to: { to: '/ship', search: { bucket: 'overdue' } },
        },
        {
          label: t('key.needs'),
          value: overview?.needsMe,
          means: overview?.needsMe === 0 ? t('key.nothingNeeded') : '',
          tone: 'attention',
          to: { to: '/needs' },
        },
        {
          label: t('key.waiting'),
          value: overview?.waitingAtAmazon,
          means: overview?.waitingAtAmazon === 0 ? t('key.nothingWaits') : '',
          tone: 'plain',
          to: { to: '/needs', search: { kind: 'waiting-at-amazon' } },
        },
      ]}
    />
  );
};
