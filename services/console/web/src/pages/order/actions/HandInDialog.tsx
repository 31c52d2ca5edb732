import { useTranslation } from 'react-i18next';
import { billing, done } from '../../../api/services.ts';
import { money } from '../../../ui/format.ts';
import { sayDone } from '../../../ui/said.tsx';
import { sayingOf } from '../../../ui/told.ts';
import type { ActionDialogProps } from './action.ts';
import { PlainDialog } from './PlainDialog.tsx';
import { readOnlyProspect } from './shipmentProspects.ts';
import { useDocument } from './useDocument.tsx';
import { canHandIn, whyNotHandIn } from './why.ts';

/** Amazon is given an invoice, also again after it has refused it. */
const HandInDialog = ({ facts, onClose, about }: ActionDialogProps) => {
  const { t } = useTranslation('actions');
  const { chosen, field } = useDocument(
    facts.invoices,
    canHandIn,
    {
      idOf: ({ invoiceId }) => invoiceId,
      nameOf: ({ number, totalMinor, currency }) => `${number} · ${money(totalMinor, currency)}`,
      label: t('handIn.which'),
    },
    about,
  );
  if (chosen === undefined) return null;
  return (
    <PlainDialog
      facts={facts}
      onClose={onClose}
      title={t('handIn.title', { number: chosen.number })}
      verb={t('handIn.verb')}
      doing={t('handIn.doing')}
      why={whyNotHandIn(facts, t, chosen.invoiceId)}
      send={(header) => done(billing.POST('/invoices/{invoiceId}/upload', { params: { path: { invoiceId: chosen.invoiceId }, header } }))}
      onDone={() => sayDone(t('handIn.done'))}
      outlook={[{ who: 'amazon', text: t('handIn.gets') }, readOnlyProspect(facts, t)]}
    >
      {field}
      {chosen.upload.refusal && <p>{t('handIn.refusal', { words: sayingOf(chosen.upload.refusal) })}</p>}
    </PlainDialog>
  );
};

export default HandInDialog;
