import { useTranslation } from 'react-i18next';
import type { OrderFacts } from '../facts.ts';
import classes from './actions.module.css';

/** Why the buyer wants to cancel: a code of Amazon's, or words of his own. */
export const BuyerSays = ({ facts: { order } }: { readonly facts: OrderFacts }) => {
  const { t } = useTranslation('actions');
  const known: Readonly<Record<string, string>> = t('acceptCancel.reasons', { returnObjects: true });
  const reason = order.cancelReason ?? order.hold?.reason;
  return reason === undefined ? null : <p className={classes.said}>{t('acceptCancel.buyerSays', { reason: known[reason] ?? reason })}</p>;
};
