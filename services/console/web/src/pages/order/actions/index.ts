import { lazy } from 'react';
import type { OrderAction } from './action.ts';
import { whyNotCredit, whyNotInvoice } from './billingWhy.ts';
import { documentActions } from './documentActions.ts';
import { parcelActions } from './parcelActions.ts';
import { whyNot, whyNotCancel, whyNotPickup, whyNotReturn, whyNotShip } from './why.ts';

export type { OrderAction } from './action.ts';

const never = (): undefined => undefined;

/** What moves the order on, stops it or ends it. */
const steps: readonly OrderAction[] = [
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
    ...{ id: 'credit-memo', needs: 'refund', key: 'r' },
    label: (t) => t('refund.label'),
    impossible: whyNotCredit,
    Dialog: lazy(() => import('./RefundDialog.tsx')),
  },
  {
    ...{ id: 'return', needs: 'operate' },
    label: (t) => t('return.label'),
    impossible: whyNotReturn,
    Dialog: lazy(() => import('./ReturnDialog.tsx')),
  },
  {
    ...{ id: 'accept-cancel', needs: 'operate' },
    label: (t) => t('acceptCancel.label'),
    impossible: (facts, t) => whyNot(facts, 'accept-buyer-cancel', t),
    Dialog: lazy(() => import('./AcceptCancelDialog.tsx')),
  },
  {
    ...{ id: 'decline-cancel', needs: 'operate' },
    label: (t) => t('declineCancel.label'),
    impossible: (facts, t) => whyNot(facts, 'decline-buyer-cancel', t),
    Dialog: lazy(() => import('./DeclineCancelDialog.tsx')),
  },
  {
    ...{ id: 'release', needs: 'operate' },
    label: (t) => t('release.label'),
    impossible: (facts, t) => whyNot(facts, 'release', t),
    Dialog: lazy(() => import('./ReleaseDialog.tsx')),
  },
  {
    ...{ id: 'retry', needs: 'operate' },
    label: (t) => t('retry.label'),
    impossible: (facts, t) => whyNot(facts, 'retry', t),
    Dialog: lazy(() => import('./RetryDialog.tsx')),
  },
  {
    ...{ id: 'admit', needs: 'operate' },
    label: (t) => t('admit.label'),
    impossible: (facts, t) => whyNot(facts, 'admit', t),
    Dialog: lazy(() => import('./AdmitDialog.tsx')),
  },
  {
    ...{ id: 'pickup', needs: 'operate' },
    label: (t) => t('pickup.label'),
    impossible: whyNotPickup,
    Dialog: lazy(() => import('./PickupDialog.tsx')),
  },
  {
    ...{ id: 'hold', needs: 'operate' },
    label: (t) => t('hold.label'),
    impossible: (facts, t) => whyNot(facts, 'hold', t),
    Dialog: lazy(() => import('./HoldDialog.tsx')),
  },
  {
    ...{ id: 'cancel', needs: 'operate' },
    label: (t) => t('cancel.label'),
    impossible: whyNotCancel,
    Dialog: lazy(() => import('./CancelDialog.tsx')),
  },
];

/** What people write on it, and what is known of its buyer. */
const marks: readonly OrderAction[] = [
  {
    ...{ id: 'comment', needs: 'operate', key: 'c' },
    label: (t) => t('comment.label'),
    impossible: (facts, t) => whyNot(facts, 'comment', t),
    Dialog: lazy(() => import('./CommentDialog.tsx')),
  },
  {
    ...{ id: 'note', needs: 'operate' },
    label: (t) => t('note.action'),
    impossible: (facts, t) => whyNot(facts, 'set-note', t),
    Dialog: lazy(() => import('./NoteDialog.tsx')),
  },
  {
    ...{ id: 'tags', needs: 'operate' },
    label: (t) => t('tags.action'),
    impossible: (facts, t) => whyNot(facts, 'set-tags', t),
    Dialog: lazy(() => import('./TagsDialog.tsx')),
  },
  {
    ...{ id: 'status', needs: 'operate' },
    label: (t) => t('status.action'),
    impossible: (facts, t) => whyNot(facts, 'set-status', t),
    Dialog: lazy(() => import('./StatusDialog.tsx')),
  },
  {
    ...{ id: 'print', needs: 'see-buyer-data' },
    label: (t) => t('print.label'),
    impossible: never,
    Dialog: lazy(() => import('./PrintDialog.tsx')),
  },
  {
    ...{ id: 'address', needs: 'see-buyer-data' },
    label: (t) => t('address.label'),
    impossible: (facts, t) => whyNot(facts, 'correct-address', t),
    Dialog: lazy(() => import('./AddressDialog.tsx')),
  },
  {
    ...{ id: 'number', needs: 'operate' },
    label: (t) => t('number.action'),
    impossible: (facts, t) => whyNot(facts, 'renumber', t),
    Dialog: lazy(() => import('./NumberDialog.tsx')),
  },
  {
    ...{ id: 'legal-hold', needs: 'administer' },
    label: (t) => t('legalHold.label'),
    impossible: never,
    Dialog: lazy(() => import('./LegalHoldDialog.tsx')),
  },
  {
    ...{ id: 'purge', needs: 'administer' },
    label: (t) => t('purge.label'),
    impossible: never,
    Dialog: lazy(() => import('./PurgeDialog.tsx')),
  },
];

/** All that people do to an order, the most frequent first. Each dialog is loaded when it is opened. */
export const actions: readonly OrderAction[] = [...steps, ...parcelActions, ...documentActions, ...marks];
