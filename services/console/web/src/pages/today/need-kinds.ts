import type { Tone } from '../../ui/Status.tsx';
import type { NeedKind } from './answers.ts';

/** How bad each is: stopped is what costs money or a deadline. The order is that of the chips. */
const urgencies: Readonly<Record<NeedKind, Tone>> = {
  'ship-by-missed': 'stopped',
  'buyer-cancel-request': 'attention',
  'order-blocked': 'stopped',
  'ship-by-at-risk': 'attention',
  'shipment-refused': 'stopped',
  'refund-refused': 'stopped',
  'invoice-refused': 'stopped',
  'pickup-refused': 'stopped',
  'cancellation-refused': 'attention',
  'address-unacceptable': 'attention',
  'totals-do-not-add-up': 'attention',
  'write-uncertain': 'attention',
  'order-unreadable': 'attention',
  'sync-stalled': 'stopped',
  'read-only': 'attention',
  'secret-expiring': 'attention',
  'dead-letters': 'stopped',
  'circuit-open': 'stopped',
  'feed-stuck': 'attention',
  'gap-found': 'attention',
  'waiting-at-amazon': 'waiting',
};

export const urgencyOf = (kind: NeedKind): Tone => urgencies[kind];

export const needKinds = Object.keys(urgencies) as readonly NeedKind[];

/** Of an address that somebody may have typed. */
export const kindFrom = (value: unknown): NeedKind | undefined => needKinds.find((kind) => kind === value);
