import { Checkbox, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Billing, OrderFacts } from '../facts.ts';
import { currencyOf } from './about.ts';
import classes from './actions.module.css';
import { amountStyle } from './amountStyle.ts';
import { fieldText } from './amounts.ts';
import { type AmountField, type CreditDraft, type CreditMistake, type Preview, restockable } from './credit.ts';
import { mistakeWord } from './creditWords.ts';
import { Lines } from './Lines.tsx';
import { linesLeft } from './titles.ts';

export interface RefundPartsProps {
  readonly facts: OrderFacts;
  readonly draft: CreditDraft;
  readonly left: Billing['toGiveBack'];
  readonly preview: Preview | undefined;
  readonly unreadable: readonly AmountField[];
  readonly mistakes: readonly CreditMistake[];
  readonly onChange: (fields: Partial<CreditDraft>) => void;
}

/** Which units go back, their shipping, what is given on top and what is kept. */
export const RefundParts = ({ facts, draft, left, preview, unreadable, mistakes, onChange }: RefundPartsProps) => {
  const { t } = useTranslation('actions');
  const currency = currencyOf(facts);
  const style = amountStyle(currency);
  const shippingLeft = preview?.shippingLeftMinor ?? 0;
  const mistakeAt = (field: AmountField): string | undefined => {
    if (unreadable.includes(field)) return t(field === 'shipping' ? 'refund.noAmount' : 'refund.noAdjustment');
    const mistake = mistakes.find((one) => one.field === field);
    return mistake && preview && mistakeWord(mistake, preview, currency, t);
  };
  const restock = (lineId: string, checked: boolean): void => {
    const restocked = new Set(draft.restocked);
    if (checked) restocked.add(lineId);
    else restocked.delete(lineId);
    onChange({ restocked });
  };
  return (
    <>
      <Lines
        lines={linesLeft(facts.order, left)}
        quantityOf={(lineId) => draft.quantities[lineId] ?? 0}
        onChange={(lineId, quantity) => onChange({ quantities: { ...draft.quantities, [lineId]: quantity } })}
        label={t('refund.units')}
        moreLabel={t('refund.restock')}
        {...(restockable(facts)
          ? {
              more: ({ lineId, title }) => (
                <Checkbox
                  aria-label={t('refund.restockOf', { title })}
                  checked={draft.restocked.has(lineId)}
                  disabled={(draft.quantities[lineId] ?? 0) === 0}
                  onChange={({ currentTarget: { checked } }) => restock(lineId, checked)}
                />
              ),
            }
          : {})}
      />
      <div className={classes.fields}>
        <TextInput
          label={t('refund.shipping', { currency })}
          inputMode="decimal"
          autoComplete="off"
          disabled={shippingLeft === 0 && draft.shipping === undefined}
          value={draft.shipping ?? fieldText(preview?.shippingMinor ?? 0, style.decimals, style.sign)}
          error={mistakeAt('shipping')}
          onChange={({ currentTarget: { value } }) => onChange({ shipping: value })}
        />
        <TextInput
          label={t('refund.onTop', { currency })}
          placeholder={t('refund.adjustmentHint')}
          inputMode="text"
          autoComplete="off"
          value={draft.onTop}
          error={mistakeAt('onTop')}
          onChange={({ currentTarget: { value } }) => onChange({ onTop: value })}
        />
        <TextInput
          label={t('refund.kept', { currency })}
          placeholder={t('refund.adjustmentHint')}
          inputMode="text"
          autoComplete="off"
          value={draft.kept}
          error={mistakeAt('kept')}
          onChange={({ currentTarget: { value } }) => onChange({ kept: value })}
        />
      </div>
    </>
  );
};
