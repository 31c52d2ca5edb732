import type { Permission } from '../../api/session.ts';
import type words from '../../words/needs.en.ts';
import type { Need } from './answers.ts';
import { missingOf } from './need-words.ts';

export type FixKey = keyof (typeof words)['fix'];
export type DeedKey = keyof (typeof words)['did'];

/** The button that mends it: it leads to where that is done, or does it. */
export type Remedy =
  | { readonly label: FixKey; readonly to: string; readonly search: Readonly<Record<string, string>> }
  | { readonly label: DeedKey; readonly needs: Permission; readonly asksFirst: boolean };

const go = (label: FixKey, to: string, search: Readonly<Record<string, string>> = {}): Remedy => ({ label, to, search });
const act = (label: DeedKey, needs: Permission, asksFirst = false): Remedy => ({ label, needs, asksFirst });

/** The order's page, with the dialog open in which it is mended, or the tab in which it is seen. */
const atOrder =
  (label: FixKey, search: Readonly<Record<string, string>> = {}) =>
  ({ orderId }: Need): Remedy =>
    orderId === undefined ? go('look', '/orders') : go(label, `/orders/${orderId}`, search);

/** The same, for one parcel or document of the order. */
const about = (label: FixKey, doing: string, tab: string) => (need: Need) => atOrder(label, { tab, do: doing, about: need.subject })(need);

const unblock = (need: Need): Remedy => {
  const [missing] = missingOf(need);
  if (missing?.cause === 'unknown-sku') return go('assign-sku', '/blockers', { cause: 'unknown-sku', store: need.tenant });
  if (missing) return go(missing.cause === 'disabled' ? 'product' : 'stock', '/stock', { product: missing.sku });
  return atOrder('look')(need);
};

const inTime = (need: Need): Remedy => {
  const { obstacles } = need.facts;
  return Array.isArray(obstacles) && obstacles.length > 0 ? atOrder('look')(need) : atOrder('ship', { do: 'ship' })(need);
};

const endReadOnly = ({ facts }: Need): Remedy =>
  facts.reason === 'copied-database' ? act('confirm-copy', 'administer', true) : act('write-again', 'administer', true);

const remedies: Readonly<Record<Need['kind'], (need: Need) => Remedy>> = {
  'order-blocked': unblock,
  'buyer-cancel-request': atOrder('accept', { do: 'accept-cancel' }),
  'address-unacceptable': atOrder('address', { do: 'address' }),
  'cancellation-refused': atOrder('cancel', { do: 'cancel' }),
  'shipment-refused': about('shipment', 'edit-parcel', 'shipments'),
  'pickup-refused': atOrder('pickup', { tab: 'shipments', do: 'pickup' }),
  'refund-refused': about('refund', 'retry-refund', 'money'),
  'invoice-refused': about('document', 'hand-in', 'money'),
  'write-uncertain': ({ facts }) => go('decide', '/ledger', { command: String(facts.commandId) }),
  'totals-do-not-add-up': atOrder('amounts', { tab: 'money' }),
  'ship-by-at-risk': inTime,
  'ship-by-missed': inTime,
  'order-unreadable': ({ amazonOrderId }) => (amazonOrderId === undefined ? go('look', '/errors') : act('read-again', 'operate')),
  'sync-stalled': ({ facts, tenant }) =>
    facts.needsPerson === true ? go('access', `/setup/stores/${tenant}`) : act('sync-now', 'operate'),
  'gap-found': ({ tenant }) => go('gap', '/gaps', { store: tenant }),
  'feed-stuck': ({ facts }) => go('feed', '/feeds', { feed: String(facts.feedId) }),
  'secret-expiring': ({ tenant }) => go('access', `/setup/stores/${tenant}`),
  'read-only': endReadOnly,
  'dead-letters': () => go('letters', '/dead-letters'),
  'circuit-open': () => go('sync', '/sync'),
  'waiting-at-amazon': atOrder('look', { tab: 'timeline' }),
};

export const remedyOf = (need: Need): Remedy => remedies[need.kind](need);

/** What else can be decided: a buyer is answered yes or no. */
export const otherRemedyOf = (need: Need): Remedy | undefined =>
  need.kind === 'buyer-cancel-request' ? atOrder('decline', { do: 'decline-cancel' })(need) : undefined;
