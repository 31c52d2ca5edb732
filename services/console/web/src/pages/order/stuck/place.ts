import type { Fix, Reason } from './reason.ts';

/** Where somebody goes to mend it: a dialog of this page, or a page of its own. Nothing: it is done at once, or after a question. */
export type Place =
  | { readonly dialog: string; readonly about?: string | undefined }
  | { readonly page: '/stock' | '/blockers' | '/ledger'; readonly search: Readonly<Record<string, string>> }
  | { readonly store: string };

/** Fixes that need more than a yes: the dialog or page that asks for the rest. */
export const placeOf = (fix: Fix, facts: Reason['facts']): Place | undefined => {
  switch (fix.kind) {
    case 'accept-cancel-request':
      return { dialog: 'accept-cancel' };
    case 'decline-cancel-request':
      return { dialog: 'decline-cancel' };
    case 'correct-address':
      return { dialog: 'address' };
    case 'ship':
      return { dialog: 'ship' };
    case 'refund-otherwise':
    case 'credit-difference':
      return { dialog: 'credit-memo' };
    case 'edit-parcel':
    case 'void-parcel':
    case 'retry-parcel':
      return { dialog: fix.kind, about: idIn(fix.path) };
    case 'hand-over':
      return { dialog: 'hand-over-parcel', about: idIn(fix.path) };
    case 'map-sku':
    case 'make-product':
      return { page: '/blockers', search: { cause: 'unknown-sku' } };
    case 'restock':
      return { page: '/stock', search: typeof facts.sku === 'string' ? { product: facts.sku } : {} };
    case 'renew-credentials':
      return { store: idIn(fix.path) ?? '' };
    default:
      return undefined;
  }
};

/** `/shipments/<id>/void` is about that id. */
const idIn = (path: string): string | undefined => path.split('/')[2];
