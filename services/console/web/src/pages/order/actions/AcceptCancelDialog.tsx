import { useTranslation } from 'react-i18next';
import { done, order } from '../../../api/services.ts';
import { sayDone } from '../../../ui/said.tsx';
import { numberOf } from './about.ts';
import type { ActionDialogProps } from './action.ts';
import { BuyerSays } from './BuyerSays.tsx';
import { PlainDialog } from './PlainDialog.tsx';
import { readOnlyProspect } from './shipmentProspects.ts';
import { whyNot } from './why.ts';

/** The buyer gets the cancellation that he asked for, if Amazon says yes. */
const AcceptCancelDialog = ({ facts, onClose }: ActionDialogProps) => {
  const { t } = useTranslation('actions');
  return (
    <PlainDialog
      facts={facts}
      onClose={onClose}
      title={t('acceptCancel.title', { number: numberOf(facts) })}
      verb={t('acceptCancel.verb')}
      doing={t('cancel.doing')}
      why={whyNot(facts, 'accept-buyer-cancel', t)}
      send={(header) =>
        done(order.POST('/orders/{orderId}/accept-cancel-request', { params: { path: { orderId: facts.order.id }, header } }))
      }
      onDone={() => sayDone(t('cancel.done'))}
      outlook={[
        { who: 'amazon', text: t('acceptCancel.asks') },
        { who: 'here', text: t('cancel.untilThen') },
        { who: 'here', text: t('cancel.stockBack') },
        { who: 'money', text: t('cancel.moneyWhole') },
        readOnlyProspect(facts, t),
      ]}
    >
      <BuyerSays facts={facts} />
    </PlainDialog>
  );
};

export default AcceptCancelDialog;
