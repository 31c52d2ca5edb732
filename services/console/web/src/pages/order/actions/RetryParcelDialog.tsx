import { useTranslation } from 'react-i18next';
import { done, fulfillment } from '../../../api/services.ts';
import { sayDone } from '../../../ui/said.tsx';
import { sayingOf } from '../../../ui/told.ts';
import type { ActionDialogProps } from './action.ts';
import { PlainDialog } from './PlainDialog.tsx';
import { readOnlyProspect } from './shipmentProspects.ts';
import { useParcel } from './useParcel.tsx';
import { whyNotParcel } from './why.ts';

/** Amazon is told again of a parcel that it has refused, as it is. */
const RetryParcelDialog = ({ facts, onClose, about }: ActionDialogProps) => {
  const { t } = useTranslation('actions');
  const { chosen, field } = useParcel(facts, 'retry', about);
  if (chosen === undefined) return null;
  return (
    <PlainDialog
      facts={facts}
      onClose={onClose}
      title={t('parcel.retry.title', { position: chosen.position })}
      verb={t('parcel.retry.verb')}
      doing={t('parcel.retry.doing')}
      why={whyNotParcel(facts, 'retry', t, chosen.id)}
      send={(header) => done(fulfillment.POST('/shipments/{id}/retry', { params: { path: { id: chosen.id }, header } }))}
      onDone={() => sayDone(t('parcel.retry.done'))}
      outlook={[{ who: 'amazon', text: t('parcel.retry.tells') }, readOnlyProspect(facts, t)]}
    >
      {field}
      {chosen.amazon.refusal && <p>{t('parcel.retry.refusal', { words: sayingOf(chosen.amazon.refusal) })}</p>}
    </PlainDialog>
  );
};

export default RetryParcelDialog;
