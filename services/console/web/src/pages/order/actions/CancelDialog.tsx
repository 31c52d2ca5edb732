import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, order } from '../../../api/services.ts';
import { sayDone } from '../../../ui/said.tsx';
import { ActionDialog } from './ActionDialog.tsx';
import { numberOf } from './about.ts';
import type { ActionDialogProps, ActionWords } from './action.ts';
import { type CancelBody, type CancelReason, cancelable, cancelBody, cancelReasons, isWholeOrder, likelyReason } from './cancel.ts';
import { allOf, isNone, type Quantities } from './invoice.ts';
import { Lines } from './Lines.tsx';
import { readOnlyProspect } from './shipmentProspects.ts';
import { linesLeft } from './titles.ts';
import { useChange } from './useChange.ts';
import { whyNot } from './why.ts';

/** Amazon is asked to cancel all that is left, or some units of it. */
const CancelDialog = ({ facts, onClose }: ActionDialogProps) => {
  const { t } = useTranslation('actions');
  const left = cancelable(facts.order);
  const [begun] = useState(() => ({ reason: likelyReason(facts.order), some: false, quantities: allOf(left) }));
  const [draft, setDraft] = useState(begun);
  const { run, running, problem } = useChange(
    (body: CancelBody, header) =>
      done(order.POST('/orders/{orderId}/cancel', { body, params: { path: { orderId: facts.order.id }, header } })),
    () => {
      sayDone(t('cancel.done'));
      onClose();
    },
  );
  const quantities: Quantities = draft.some ? draft.quantities : allOf(left);
  const whole = isWholeOrder(facts.order, quantities);
  return (
    <ActionDialog
      danger
      title={t('cancel.title', { number: numberOf(facts) })}
      onClose={onClose}
      verb={t(whole ? 'cancel.verb' : 'cancel.verbUnits')}
      doing={t('cancel.doing')}
      onSubmit={() => run(cancelBody(facts.order, draft.reason, quantities))}
      running={running}
      problem={problem}
      why={whyNot(facts, 'request-cancel', t)}
      blocked={isNone(quantities) ? t('cancel.nothing') : undefined}
      typed={draft !== begun}
      outlook={[
        {
          who: 'amazon',
          text: t(whole ? 'cancel.asksWhole' : 'cancel.asksUnits', {
            count: unitsOf(quantities),
            reason: t(`cancel.reasons.${draft.reason}`),
          }),
        },
        { who: 'here', text: t('cancel.untilThen') },
        { who: 'here', text: stockWords(draft.reason, t) },
        { who: 'money', text: t(whole ? 'cancel.moneyWhole' : 'cancel.moneyUnits') },
        readOnlyProspect(facts, t),
      ]}
    >
      <NativeSelect
        data-autofocus
        label={t('cancel.reason')}
        description={t('cancel.reasonHint')}
        value={draft.reason}
        data={cancelReasons.map((value) => ({ value, label: t(`cancel.reasons.${value}`) }))}
        onChange={({ currentTarget: { value } }) =>
          setDraft({ ...draft, reason: cancelReasons.find((one): one is CancelReason => one === value) ?? draft.reason })
        }
      />
      <SegmentedControl
        aria-label={t('cancel.what')}
        value={draft.some ? 'some' : 'all'}
        data={[
          { value: 'all', label: t('cancel.all') },
          { value: 'some', label: t('cancel.some') },
        ]}
        onChange={(value) => setDraft({ ...draft, some: value === 'some' })}
      />
      {draft.some && (
        <Lines
          lines={linesLeft(facts.order, left)}
          quantityOf={(lineId) => draft.quantities[lineId] ?? 0}
          onChange={(lineId, quantity) => setDraft({ ...draft, quantities: { ...draft.quantities, [lineId]: quantity } })}
          label={t('cancel.units')}
        />
      )}
    </ActionDialog>
  );
};

const unitsOf = (quantities: Quantities): number => Object.values(quantities).reduce((sum, one) => sum + one, 0);

const stockWords = (reason: CancelReason, t: ActionWords): string => t(reason === 'no-inventory' ? 'cancel.stockNone' : 'cancel.stockBack');

export default CancelDialog;
