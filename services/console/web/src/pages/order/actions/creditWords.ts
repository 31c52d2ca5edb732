import { fieldMessage } from '../../../ui/field-message.ts';
import { money } from '../../../ui/format.ts';
import type { ActionWords } from './action.ts';
import type { CreditMistake, Preview } from './credit.ts';

/** Mistakes in the reader's language, with the figures of the preview. */
export const mistakeWord = (mistake: CreditMistake, preview: Preview, currency: string, t: ActionWords): string => {
  if (mistake.code === 'other') return fieldMessage(mistake.problem);
  const say = (minor: number): string => money(minor, currency);
  const linesMinor = preview.totalMinor + preview.adjustmentFeeMinor - preview.adjustmentRefundMinor;
  return t(`refund.mistake.${mistake.code}`, {
    total: say(preview.totalMinor),
    cap: say(preview.capMinor),
    paid: say(preview.paidMinor),
    back: say(preview.backMinor),
    shipping: say(preview.shippingLeftMinor),
    lines: say(Math.max(linesMinor, 0)),
  });
};

export const mistakeWords = (mistakes: readonly CreditMistake[], preview: Preview, currency: string, t: ActionWords): readonly string[] =>
  mistakes.filter(({ field }) => field !== 'shipping' && field !== 'kept').map((mistake) => mistakeWord(mistake, preview, currency, t));
