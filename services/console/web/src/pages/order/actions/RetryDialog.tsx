import { useTranslation } from 'react-i18next';
import { done, order } from '../../../api/services.ts';
import { sayDone } from '../../../ui/said.tsx';
import { numberOf } from './about.ts';
import type { ActionDialogProps } from './action.ts';
import { Missing } from './Missing.tsx';
import { PlainDialog } from './PlainDialog.tsx';
import { whyNot } from './why.ts';

/** Its stock is looked for now, instead of when it is its turn. */
const RetryDialog = ({ facts, onClose }: ActionDialogProps) => {
  const { t } = useTranslation('actions');
  return (
    <PlainDialog
      facts={facts}
      onClose={onClose}
      title={t('retry.title', { number: numberOf(facts) })}
      verb={t('retry.verb')}
      doing={t('retry.doing')}
      why={whyNot(facts, 'retry', t)}
      send={(header) => done(order.POST('/orders/{orderId}/retry', { params: { path: { orderId: facts.order.id }, header } }))}
      onDone={() => sayDone(t('retry.done'))}
      outlook={[{ who: 'here', text: t('retry.looks') }]}
    >
      <Missing facts={facts} />
    </PlainDialog>
  );
};

export default RetryDialog;
