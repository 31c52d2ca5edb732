import { useTranslation } from 'react-i18next';
import { Money } from '../../../ui/Money.tsx';
import classes from './actions.module.css';
import { balanceAfter, type Preview } from './credit.ts';

export interface RefundSumsProps {
  readonly preview: Preview;
  readonly currency: string;
  /** Newer figures are on their way. */
  readonly isOld: boolean;
  /** Why it is not possible. */
  readonly words: readonly string[];
}

/** The cap, what goes back, and the new balance, as they are while somebody types. */
export const RefundSums = ({ preview, currency, isOld, words }: RefundSumsProps) => {
  const { t } = useTranslation('actions');
  const { totalMinor, paidMinor, backMinor, capMinor } = preview;
  const isOver = totalMinor > capMinor;
  const rows = [
    ['refund.sums.paid', paidMinor, {}],
    ['refund.sums.back', backMinor, {}],
    ['refund.sums.cap', capMinor, {}],
    ['refund.sums.this', totalMinor, { 'data-strong': true, 'data-over': isOver || undefined }],
    ['refund.sums.balance', balanceAfter(preview), { 'data-over': isOver || undefined }],
  ] as const;
  return (
    <div>
      <dl className={classes.sums} aria-busy={isOld}>
        {rows.map(([key, minor, marks]) => (
          <div key={key} className={classes.sum}>
            <dt {...marks}>{t(key)}</dt>
            <dd {...marks}>
              <Money minor={minor} currency={currency} />
            </dd>
          </div>
        ))}
      </dl>
      <div role="status">
        {words.map((word) => (
          <p key={word} className={classes.mistake}>
            {word}
          </p>
        ))}
      </div>
    </div>
  );
};
