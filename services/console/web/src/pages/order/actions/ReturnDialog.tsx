import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, fulfillment } from '../../../api/services.ts';
import { useMay } from '../../../api/session.ts';
import { sayDone } from '../../../ui/said.tsx';
import type { Return } from '../facts.ts';
import { returnsQuery } from '../shipments/returns.ts';
import { ActionDialog } from './ActionDialog.tsx';
import { numberOf } from './about.ts';
import type { ActionDialogProps, ActionWords } from './action.ts';
import classes from './actions.module.css';
import { Lines } from './Lines.tsx';
import { mistakesOf } from './mistakes.ts';
import type { Prospect } from './Outlook.tsx';
import * as returning from './returning.ts';
import { fieldMoment } from './shipment.ts';
import { readOnlyProspect } from './shipmentProspects.ts';
import { linesLeft } from './titles.ts';
import { useChange } from './useChange.ts';

/** Units that came back: how many of each line, in which condition, whether they go onto the shelf again, and whether the buyer gets the money. */
const ReturnDialog = (props: ActionDialogProps) => {
  const { data } = useQuery(returnsQuery(props.facts.order.id));
  return data === undefined ? null : <Returning {...props} before={data.items} />;
};

const Returning = ({ facts, onClose, before }: ActionDialogProps & { readonly before: readonly Return[] }) => {
  const { t } = useTranslation(['actions', 'order', 'common']);
  const mayRefund = useMay('refund');
  const left = returning.returnable(facts.shipping ?? { lines: [], shipments: [] }, before);
  const [begun] = useState(() => returning.draftOf(left, false));
  const [draft, setDraft] = useState(begun);
  const body = returning.bodyOf(facts.order.id, draft);
  const { run, running, problem } = useChange(
    (wish: returning.ReturnBody, header) => done(fulfillment.POST('/returns', { body: wish, params: { header } })),
    ({ lines }) => {
      sayDone(t('return.done', { count: lines.reduce((sum, { quantity }) => sum + quantity, 0) }));
      onClose();
    },
  );
  const { all, restocked } = returning.unitsIn(draft);
  const atLines = mistakesOf(problem, (field) => returning.lineOf(body, field) ?? field);
  return (
    <ActionDialog
      wide
      title={t('return.title', { number: numberOf(facts) })}
      onClose={onClose}
      verb={t('return.verb', { count: all })}
      doing={t('return.doing')}
      onSubmit={() => run(body)}
      running={running}
      problem={problem}
      fields={['receivedAt', ...(problem?.document.errors ?? []).map(({ field }) => field).filter((field) => field.startsWith('lines.'))]}
      blocked={blockedBy(left, all, t)}
      typed={draft !== begun}
      outlook={[...prospects(draft.refund, all, restocked, t), draft.refund ? readOnlyProspect(facts, t) : undefined]}
    >
      <Lines
        lines={linesLeft(facts.order, left)}
        quantityOf={(lineId) => draft.quantities[lineId] ?? 0}
        onChange={(lineId, quantity) => setDraft({ ...draft, quantities: { ...draft.quantities, [lineId]: quantity } })}
        label={t('return.units')}
        mistakeOf={(lineId) => atLines.get(lineId)}
        moreLabel={t('return.condition')}
        more={({ lineId, title }) => (
          <How
            title={title}
            line={draft.lines[lineId] ?? { condition: 'unopened', restock: true }}
            disabled={(draft.quantities[lineId] ?? 0) === 0}
            onCondition={(condition) => setDraft(returning.inCondition(draft, lineId, condition))}
            onRestock={(restock) =>
              setDraft({ ...draft, lines: { ...draft.lines, [lineId]: { condition: 'unopened', ...draft.lines[lineId], restock } } })
            }
          />
        )}
      />
      <div className={classes.fields}>
        <NativeSelect
          label={t('return.reason')}
          value={returning.reasonOf(draft)}
          data={returning.returnReasons.map((value) => ({ value, label: t(`refund.reasons.${value}`) }))}
          onChange={({ currentTarget: { value } }) =>
            setDraft({ ...draft, reason: returning.returnReasons.find((one) => one === value) ?? draft.reason })
          }
        />
        <TextInput
          type="datetime-local"
          label={t('return.receivedAt')}
          value={draft.receivedAt === '' ? fieldMoment(new Date()) : draft.receivedAt}
          error={atLines.get('receivedAt')}
          onChange={({ currentTarget: { value } }) => setDraft({ ...draft, receivedAt: value })}
        />
      </div>
      <Checkbox
        label={t('return.refund')}
        description={mayRefund ? t('return.refundHint') : t('common:mayNot', { permission: 'refund' })}
        disabled={!mayRefund}
        checked={draft.refund}
        onChange={({ currentTarget: { checked } }) => setDraft({ ...draft, refund: checked })}
      />
    </ActionDialog>
  );
};

interface HowProps {
  readonly title: string;
  readonly line: returning.ReturnedLine;
  readonly disabled: boolean;
  readonly onCondition: (condition: returning.Condition) => void;
  readonly onRestock: (restock: boolean) => void;
}

/** In which condition the units of a line are, and where they go. */
const How = ({ title, line: { condition, restock }, disabled, onCondition, onRestock }: HowProps) => {
  const { t } = useTranslation(['actions', 'order']);
  return (
    <div className={classes.how}>
      <NativeSelect
        aria-label={t('return.conditionOf', { title })}
        disabled={disabled}
        value={condition}
        data={returning.conditions.map((value) => ({ value, label: t(`order:condition.${value}`) }))}
        onChange={({ currentTarget: { value } }) => onCondition(returning.conditions.find((one) => one === value) ?? condition)}
      />
      <Checkbox
        label={t('refund.restock')}
        aria-label={t('refund.restockOf', { title })}
        disabled={disabled || !returning.fitsTheShelf(condition)}
        checked={restock}
        onChange={({ currentTarget: { checked } }) => onRestock(checked)}
      />
    </div>
  );
};

const blockedBy = (left: readonly returning.ReturnableLine[], units: number, t: ActionWords): string | undefined => {
  if (left.every(({ quantity }) => quantity === 0)) return t('return.nothingOut');
  return units === 0 ? t('return.nothing') : undefined;
};

const prospects = (refund: boolean, all: number, restocked: number, t: ActionWords): readonly (Prospect | undefined)[] => [
  { who: 'here', text: t('return.recorded', { count: all }) },
  restocked > 0 ? { who: 'here', text: t('return.shelved', { count: restocked }) } : undefined,
  all > restocked ? { who: 'here', text: t('return.aside', { count: all - restocked }) } : undefined,
  { who: 'money', text: t(refund ? 'return.paysBack' : 'return.paysNothing') },
  { who: 'amazon', text: t('return.notTold') },
];

export default ReturnDialog;
