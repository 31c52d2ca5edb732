import { useTranslation } from 'react-i18next';
import { done, order } from '../../../api/services.ts';
import { sayDone } from '../../../ui/said.tsx';
import { numberOf } from './about.ts';
import type { ActionDialogProps } from './action.ts';
import { BuyerSays } from './BuyerSays.tsx';
import { PlainDialog } from './PlainDialog.tsx';
import { whyNot } from './why.ts';

/** The buyer does not get the cancellation that he asked for: the order goes on. */
const DeclineCancelDialog = ({ facts, onClose }: ActionDialogProps) => {
  const { t } = useTranslation('actions');
  return (
    <PlainDialog
      facts={facts}
      onClose={onClose}
      title={t('declineCancel.title', { number: numberOf(facts) })}
      verb={t('declineCancel.verb')}
      doing={t('declineCancel.doing')}
      why={whyNot(facts, 'decline-buyer-cancel', t)}
      send={(header) =>
        done(order.POST('/orders/{orderId}/decline-cancel-request', { params: { path: { orderId: facts.order.id }, header } }))
      }
      onDone={() => sayDone(t('declineCancel.done'))}
      outlook={[
        { who: 'here', text: t('declineCancel.goesOn') },
        { who: 'amazon', text: t('declineCancel.notTold') },
      ]}
    >
      <BuyerSays facts={facts} />
    </PlainDialog>
  );
};

export default DeclineCancelDialog;
