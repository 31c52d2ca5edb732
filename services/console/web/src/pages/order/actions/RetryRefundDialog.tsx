import { useTranslation } from 'react-i18next';
import { billing, done } from '../../../api/services.ts';
import { moment, money } from '../../../ui/format.ts';
import { sayDone } from '../../../ui/said.tsx';
import { sayingOf } from '../../../ui/told.ts';
import { numberOf } from './about.ts';
import type { ActionDialogProps } from './action.ts';
import { PlainDialog } from './PlainDialog.tsx';
import { readOnlyProspect } from './shipmentProspects.ts';
import { useDocument } from './useDocument.tsx';
import { canAskAgain, whyNotAskAgain } from './why.ts';

/** Amazon is asked once more for a refund that it refused, for the same. */
const RetryRefundDialog = ({ facts, onClose, about }: ActionDialogProps) => {
  const { t } = useTranslation('actions');
  const { chosen, field } = useDocument(
    facts.creditMemos,
    canAskAgain,
    {
      idOf: ({ creditMemoId }) => creditMemoId,
      nameOf: ({ totalMinor, currency, requestedAt }) => `${money(totalMinor, currency)} · ${moment(requestedAt)}`,
      label: t('retryRefund.which'),
    },
    about,
  );
  if (chosen === undefined) return null;
  const total = money(chosen.totalMinor, chosen.currency);
  return (
    <PlainDialog
      facts={facts}
      onClose={onClose}
      title={t('retryRefund.title', { number: numberOf(facts) })}
      verb={t('retryRefund.verb', { total })}
      doing={t('refund.doing')}
      why={whyNotAskAgain(facts, t, chosen.creditMemoId)}
      send={(header) =>
        done(billing.POST('/credit-memos/{creditMemoId}/retry', { params: { path: { creditMemoId: chosen.creditMemoId }, header } }))
      }
      onDone={() => sayDone(t('refund.done', { total }))}
      outlook={[
        { who: 'amazon', text: t('retryRefund.asks', { total, attempt: chosen.attempt + 1 }) },
        { who: 'money', text: t('refund.numbered') },
        readOnlyProspect(facts, t),
      ]}
    >
      {field}
      {chosen.refusal && <p>{t('retryRefund.refusal', { words: sayingOf(chosen.refusal) })}</p>}
    </PlainDialog>
  );
};

export default RetryRefundDialog;
