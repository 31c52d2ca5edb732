import { lazy } from 'react';
import type { OrderAction } from './action.ts';
import { whyNotParcel } from './why.ts';

/** What is done to one parcel. */
export const parcelActions: readonly OrderAction[] = [
  {
    ...{ id: 'hand-over-parcel', needs: 'operate', of: 'shipment' },
    label: (t) => t('parcel.hand-over.label'),
    impossible: (facts, t, about) => whyNotParcel(facts, 'hand-over', t, about),
    Dialog: lazy(() => import('./HandOverDialog.tsx')),
  },
  {
    ...{ id: 'retry-parcel', needs: 'operate', of: 'shipment' },
    label: (t) => t('parcel.retry.label'),
    impossible: (facts, t, about) => whyNotParcel(facts, 'retry', t, about),
    Dialog: lazy(() => import('./RetryParcelDialog.tsx')),
  },
  {
    ...{ id: 'edit-parcel', needs: 'operate', of: 'shipment' },
    label: (t) => t('parcel.edit.label'),
    impossible: (facts, t, about) => whyNotParcel(facts, 'edit', t, about),
    Dialog: lazy(() => import('./EditParcelDialog.tsx')),
  },
  {
    ...{ id: 'void-parcel', needs: 'operate', of: 'shipment' },
    label: (t) => t('parcel.void.label'),
    impossible: (facts, t, about) => whyNotParcel(facts, 'void', t, about),
    Dialog: lazy(() => import('./VoidParcelDialog.tsx')),
  },
];
