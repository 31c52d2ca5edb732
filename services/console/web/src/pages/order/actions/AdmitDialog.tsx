import { useTranslation } from 'react-i18next';
import { done, order } from '../../../api/services.ts';
import { sayDone } from '../../../ui/said.tsx';
import { numberOf } from './about.ts';
import type { ActionDialogProps } from './action.ts';
import { Missing } from './Missing.tsx';
import { PlainDialog } from './PlainDialog.tsx';
import { whyNot } from './why.ts';

/** A blocked order goes on although stock is missing: somebody knows better than the shelf. */
const AdmitDialog = ({ facts, onClose }: ActionDialogProps) => {
  const { t } = useTranslation('actions');
  return (
    <PlainDialog
      facts={facts}
      onClose={onClose}
      title={t('admit.title', { number: numberOf(facts) })}
      verb={t('admit.verb')}
      doing={t('admit.doing')}
      why={whyNot(facts, 'admit', t)}
      send={(header) => done(order.POST('/orders/{orderId}/admit', { params: { path: { orderId: facts.order.id }, header } }))}
      onDone={() => sayDone(t('admit.done'))}
      outlook={[
        { who: 'here', text: t('admit.goesOn') },
        { who: 'beware', text: t('admit.notThere') },
      ]}
    >
      <Missing facts={facts} />
    </PlainDialog>
  );
};

export default AdmitDialog;
