import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { billing, done } from '../../../api/services.ts';
import { money } from '../../../ui/format.ts';
import { sayDone } from '../../../ui/said.tsx';
import { ActionDialog } from './ActionDialog.tsx';
import { currencyOf, numberOf, takesInvoices } from './about.ts';
import type { ActionDialogProps, ActionWords } from './action.ts';
import { whyNotInvoice } from './billingWhy.ts';
import { allOf, estimateOf, isNone, namedLines } from './invoice.ts';
import { Lines } from './Lines.tsx';
import type { Prospect } from './Outlook.tsx';
import { linesLeft } from './titles.ts';
import { useChange } from './useChange.ts';

/** Bills all that is left, or some units of it. */
const InvoiceDialog = ({ facts, onClose }: ActionDialogProps) => {
  const { t } = useTranslation('actions');
  const left = facts.billing?.toBill.lines ?? [];
  const [begun] = useState(() => allOf(left));
  const [quantities, setQuantities] = useState(begun);
  const currency = currencyOf(facts);
  const settings = useQuery(billing.read('/billing-settings/{tenant}', { params: { path: { tenant: facts.order.tenant } } })).data;
  const { run, running, problem } = useChange(
    (lines: ReturnType<typeof namedLines>, header) =>
      done(billing.POST('/invoices', { body: { orderId: facts.order.id, ...(lines === undefined ? {} : { lines }) }, params: { header } })),
    ({ number, totalMinor, currency: billed }) => {
      sayDone(t('invoice.done', { number, total: money(totalMinor, billed) }));
      onClose();
    },
  );
  const estimate = facts.billing && estimateOf(facts.billing, quantities);
  const nothing = left.length > 0 && isNone(quantities);
  return (
    <ActionDialog
      title={t('invoice.title', { number: numberOf(facts) })}
      onClose={onClose}
      verb={t('invoice.verb')}
      doing={t('invoice.doing')}
      onSubmit={() => run(namedLines(quantities, left))}
      running={running}
      problem={problem}
      why={whyNotInvoice(facts, t)}
      blocked={nothing ? t('invoice.nothing') : undefined}
      typed={quantities !== begun}
      outlook={[
        estimate && {
          who: 'money',
          text: t(estimate.exact ? 'invoice.comesTo' : 'invoice.comesToAbout', { total: money(estimate.minor, currency) }),
        },
        { who: 'here', text: t('invoice.numbered') },
        settings && amazonGets(settings.uploadVatInvoices, facts.order.country, t),
      ]}
    >
      {left.length > 0 ? (
        <Lines
          lines={linesLeft(facts.order, left)}
          quantityOf={(lineId) => quantities[lineId] ?? 0}
          onChange={(lineId, quantity) => setQuantities({ ...quantities, [lineId]: quantity })}
          label={t('invoice.units')}
        />
      ) : (
        <p>{t('invoice.laterMoney')}</p>
      )}
    </ActionDialog>
  );
};

const amazonGets = (handsIn: boolean, country: string | undefined, t: ActionWords): Prospect => {
  if (!takesInvoices(country)) return { who: 'amazon', text: t('invoice.notTaken') };
  return { who: 'amazon', text: t(handsIn ? 'invoice.handedIn' : 'invoice.notHandedIn') };
};

export default InvoiceDialog;
