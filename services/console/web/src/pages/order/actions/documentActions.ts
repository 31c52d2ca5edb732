import { lazy } from 'react';
import type { OrderAction } from './action.ts';
import { whyNotAskAgain, whyNotHandIn } from './why.ts';

/** What is done to one invoice or credit memo. */
export const documentActions: readonly OrderAction[] = [
  {
    ...{ id: 'retry-refund', needs: 'refund', of: 'credit-memo' },
    label: (t) => t('retryRefund.label'),
    impossible: whyNotAskAgain,
    Dialog: lazy(() => import('./RetryRefundDialog.tsx')),
  },
  {
    ...{ id: 'hand-in', needs: 'bill', of: 'invoice' },
    label: (t) => t('handIn.label'),
    impossible: whyNotHandIn,
    Dialog: lazy(() => import('./HandInDialog.tsx')),
  },
];
