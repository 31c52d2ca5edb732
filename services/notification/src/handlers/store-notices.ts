import type {
  AmazonFeedFinished,
  AmazonFeedStuck,
  AmazonGapFound,
  AmazonReadOnlySwitched,
  AmazonSecretExpiring,
  AmazonSecretRenewed,
  AmazonSyncRecovered,
  AmazonSyncStalled,
} from '@orderbus/contracts';
import type { WatchCommand } from '../domain/watch.ts';
import { clears, type EventOf, notices, tells } from './notice.ts';

/** How the gateway stands with Amazon. The watch is that of the event's aggregate: a store, a secret, a switch, a sweep or a feed. */

export const stalled = (event: EventOf<typeof AmazonSyncStalled>): WatchCommand => {
  const { storeId, storeName, since, refusal, needsPerson } = event.data;
  return notices(
    tells(event, { kind: 'sync-stalled', storeId, storeName, refusal, needsPerson, ...(since === undefined ? {} : { since }) }),
  );
};

/** Each time is told for itself. */
export const recovered = (event: EventOf<typeof AmazonSyncRecovered>): WatchCommand =>
  notices(
    clears(event, 'sync-stalled'),
    tells(event, { kind: 'sync-recovered', ...event.data }, { subject: String(event.aggregateVersion) }),
  );

export const gapFound = (event: EventOf<typeof AmazonGapFound>): WatchCommand =>
  notices(tells(event, { kind: 'gap-found', ...event.data }));

/** Each warning is an alert of its own, and takes the place of the one before: it comes as new, and is mailed again. */
export const secretExpiring = (event: EventOf<typeof AmazonSecretExpiring>): WatchCommand => {
  const revision = event.aggregateVersion * 2;
  return notices(
    clears(event, 'secret-expiring', { revision }),
    tells(event, { kind: 'secret-expiring', ...event.data }, { revision: revision + 1 }),
  );
};

export const secretRenewed = (event: EventOf<typeof AmazonSecretRenewed>): WatchCommand =>
  notices(clears(event, 'secret-expiring', { revision: event.aggregateVersion * 2 }));

export const readOnlySwitched = (event: EventOf<typeof AmazonReadOnlySwitched>): WatchCommand => {
  const { storeId, readOnly, reason } = event.data;
  if (!readOnly) return notices(clears(event, 'read-only'));
  return notices(tells(event, { kind: 'read-only', reason, ...(storeId === undefined ? {} : { storeId }) }));
};

export const feedStuck = (event: EventOf<typeof AmazonFeedStuck>): WatchCommand =>
  notices(tells(event, { kind: 'feed-stuck', ...event.data }));

export const feedFinished = (event: EventOf<typeof AmazonFeedFinished>): WatchCommand => notices(clears(event, 'feed-stuck'));
