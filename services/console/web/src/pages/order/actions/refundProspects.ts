import { money } from '../../../ui/format.ts';
import type { OrderFacts } from '../facts.ts';
import type { ActionWords } from './action.ts';
import type { CreditDraft, Preview } from './credit.ts';
import type { Prospect } from './Outlook.tsx';
import { readOnlyProspect } from './shipmentProspects.ts';
import { titleOf } from './titles.ts';

/** What becomes of a credit memo as it is filled in: what Amazon is asked, line by line. */
export const refundProspects = (
  facts: OrderFacts,
  draft: CreditDraft,
  preview: Preview | undefined,
  t: ActionWords,
): readonly (Prospect | undefined)[] => {
  if (draft.kind === 'correction')
    return [
      { who: 'here', text: t('refund.booked') },
      { who: 'amazon', text: t('refund.notAsked') },
    ];
  const restocked = [...draft.restocked].reduce((sum, lineId) => sum + (draft.quantities[lineId] ?? 0), 0);
  return [
    ...(preview?.warnings ?? []).map((): Prospect => ({ who: 'beware', text: t('refund.notShipped') })),
    preview && preview.problems.length === 0 ? { who: 'amazon', text: askedWords(facts, preview, t) } : undefined,
    { who: 'here', text: t('refund.numbered') },
    restocked > 0 ? { who: 'here', text: t('refund.restocked', { count: restocked }) } : undefined,
    readOnlyProspect(facts, t),
  ];
};

const askedWords = ({ order }: OrderFacts, { asked, currency = 'USD', totalMinor }: Preview, t: ActionWords): string => {
  const lines = asked.map(({ lineId, components }) => {
    const parts = components.map(({ kind, amountMinor }) => `${t(`refund.component.${kind}`)} ${money(amountMinor, currency)}`);
    return `${titleOf(order, lineId)} (${parts.join(', ')})`;
  });
  return t('refund.asks', { total: money(totalMinor, currency), lines: lines.join('; ') });
};
