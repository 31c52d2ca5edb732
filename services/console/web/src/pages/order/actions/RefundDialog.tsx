import { Checkbox, NativeSelect, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { billing, done, fulfillment } from '../../../api/services.ts';
import { money } from '../../../ui/format.ts';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { sayDone, sayFailed } from '../../../ui/said.tsx';
import type { OrderFacts } from '../facts.ts';
import { ActionDialog } from './ActionDialog.tsx';
import { currencyOf, hasShipped, numberOf } from './about.ts';
import type { ActionDialogProps } from './action.ts';
import { amountStyle } from './amountStyle.ts';
import { fieldText } from './amounts.ts';
import { isAhead, whyNotCredit } from './billingWhy.ts';
import * as credit from './credit.ts';
import { mistakeWords } from './creditWords.ts';
import { RefundParts } from './RefundParts.tsx';
import { RefundSums } from './RefundSums.tsx';
import { refundProspects } from './refundProspects.ts';
import { type OnceKey, useChange } from './useChange.ts';
import { useCreditPreview } from './useCreditPreview.ts';

/** Money goes back: by lines, units and amounts, never more than was paid. Amazon is asked to pay it. */
const RefundDialog = ({ facts, onClose }: ActionDialogProps) => {
  const { t } = useTranslation('actions');
  const left = facts.billing?.toGiveBack ?? [];
  const ahead = facts.billing !== undefined && isAhead(facts.billing);
  const currency = currencyOf(facts);
  const style = amountStyle(currency);
  const [begun] = useState(() => credit.draftOf(left, ahead, hasShipped(facts), excessText(facts, style)));
  const [draft, setDraft] = useState(begun);
  const body = credit.bodyOf(facts.order.id, draft, left, style);
  const { preview, isOld, error } = useCreditPreview(body);
  const { run, running, problem } = useChange(
    (wish: credit.CreditBody, header) => giveBack(wish, header),
    ({ memo, stockFailure }) => {
      sayDone(t(memo.kind === 'correction' ? 'refund.doneCorrection' : 'refund.done', { total: money(memo.totalMinor, memo.currency) }));
      if (stockFailure !== undefined) sayFailed(stockFailure);
      onClose();
    },
  );
  const change = (fields: Partial<credit.CreditDraft>): void => setDraft({ ...draft, ...fields });
  const unreadable = credit.unreadable(draft, style);
  const mistakes = preview && !isOld ? credit.mistakesIn(preview) : [];
  const isTwin = problem?.code === 'credit-memo.same-again';
  return (
    <ActionDialog
      wide
      title={t('refund.title', { number: numberOf(facts) })}
      onClose={onClose}
      verb={preview ? t('refund.verb', { total: money(preview.totalMinor, currency) }) : t('refund.verbPlain')}
      doing={t('refund.doing')}
      onSubmit={() => run(body)}
      running={running}
      problem={isTwin ? undefined : problem}
      why={whyNotCredit(facts, t)}
      blocked={blockedBy(unreadable.length > 0, isOld || preview === undefined, mistakes.length > 0, t)}
      typed={draft !== begun}
      outlook={refundProspects(facts, draft, preview, t)}
    >
      {ahead && (
        <NativeSelect
          label={t('refund.kind')}
          value={draft.kind}
          data={[
            { value: 'correction', label: t('refund.kinds.correction') },
            { value: 'refund', label: t('refund.kinds.refund') },
          ]}
          onChange={({ currentTarget: { value } }) => change({ kind: value === 'correction' ? 'correction' : 'refund' })}
        />
      )}
      <NativeSelect
        label={t('refund.reason')}
        description={draft.kind === 'refund' ? t('refund.reasonHint') : undefined}
        value={draft.reason}
        data={credit.reasons.map((value) => ({ value, label: t(`refund.reasons.${value}`) }))}
        onChange={({ currentTarget: { value } }) => change({ reason: credit.reasons.find((one) => one === value) ?? 'other' })}
      />
      {draft.kind === 'refund' && (
        <RefundParts
          facts={facts}
          draft={draft}
          left={left}
          preview={preview}
          unreadable={unreadable}
          mistakes={mistakes}
          onChange={change}
        />
      )}
      {error && <ProblemNote error={error} />}
      {preview && <RefundSums preview={preview} currency={currency} isOld={isOld} words={mistakeWords(mistakes, preview, currency, t)} />}
      <Textarea
        label={t('refund.comment')}
        description={t('refund.commentHint')}
        autosize
        minRows={1}
        maxLength={4_000}
        value={draft.comment}
        onChange={({ currentTarget: { value } }) => change({ comment: value })}
      />
      {(isTwin || draft.confirm) && (
        <Checkbox
          label={t('refund.again')}
          description={t('refund.againHint')}
          checked={draft.confirm}
          onChange={({ currentTarget: { checked } }) => change({ confirm: checked })}
        />
      )}
    </ActionDialog>
  );
};

const excessText = ({ billing: known }: OrderFacts, { decimals, sign }: credit.AmountStyle): string => {
  const minor = known === undefined ? 0 : credit.excessOf(known);
  return minor === 0 ? '' : fieldText(minor, decimals, sign);
};

const blockedBy = (isUnreadable: boolean, isOld: boolean, isMistaken: boolean, t: ReturnType<typeof useTranslation<'actions'>>['t']) => {
  if (isUnreadable) return t('refund.unreadable');
  if (isOld) return t('refund.counting');
  return isMistaken ? t('refund.notPossible') : undefined;
};

/** The money first. Units that come back with it are recorded as a return, which puts them on the shelf; when that fails, the money is asked for all the same. */
const giveBack = async (wish: credit.CreditBody, header: OnceKey) => {
  const memo = await done(billing.POST('/credit-memos', { body: wish, params: { header } }));
  const lines = (wish.lines ?? [])
    .filter(({ restock }) => restock)
    .map(({ lineId, quantity }) => ({ lineId, quantity, condition: 'unopened' as const, restock: true }));
  if (lines.length === 0) return { memo, stockFailure: undefined };
  const body = { orderId: wish.orderId, reason: wish.reason, refund: false, lines };
  const stockFailure = await done(fulfillment.POST('/returns', { body, params: { header } })).then(
    () => undefined,
    (failure: unknown) => failure,
  );
  return { memo, stockFailure };
};

export default RefundDialog;
