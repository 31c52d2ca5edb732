import { lazy } from 'react';
import type { OrderAction } from './action.ts';
import { whyNotCredit, whyNotInvoice } from './billingWhy.ts';
import { whyNot, whyNotShip } from './why.ts';

export type { ActionDialogProps, OrderAction } from './action.ts';

/** All that people do to an order, the most frequent first. Each dialog is loaded when it is opened. */
export const actions: readonly OrderAction[] = [
  {
    ...{ id: 'ship', needs: 'operate', key: 's' },
    label: (t) => t('ship.label'),
    impossible: whyNotShip,
    Dialog: lazy(() => import('./ShipDialog.tsx')),
  },
  {
    ...{ id: 'invoice', needs: 'bill', key: 'i' },
    label: (t) => t('invoice.label'),
    impossible: whyNotInvoice,
    Dialog: lazy(() => import('./InvoiceDialog.tsx')),
  },
  {
    ...{ id: 'refund', needs: 'refund', key: 'r' },
    label: (t) => t('refund.label'),
    impossible: whyNotCredit,
    Dialog: lazy(() => import('./RefundDialog.tsx')),
  },
  {
    ...{ id: 'cancel', needs: 'operate' },
    label: (t) => t('cancel.label'),
    impossible: (facts, t) => whyNot(facts, 'request-cancel', t),
    Dialog: lazy(() => import('./CancelDialog.tsx')),
  },
];
