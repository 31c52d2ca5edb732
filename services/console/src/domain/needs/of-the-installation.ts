import {
  AmazonFeedFinished,
  AmazonFeedStuck,
  AmazonGapFound,
  AmazonReadOnlySwitched,
  AmazonSecretExpiring,
  AmazonSecretRenewed,
  AmazonSyncRecovered,
  AmazonSyncStalled,
  CircuitClosed,
  CircuitOpened,
  DeadLettersOpened,
  DeadLettersSettled,
} from '@orderbus/contracts';
import { codeAndWords, type Meaning, opens, settles, when } from './notice.ts';

/** The orders of a gap have been imported: it is shown for a week, and nobody takes it back. */
const gapShownMs = 7 * 86_400_000;

/** How stores stand with Amazon, and how the services are. What each is about is the event's aggregate: a store, a secret, a switch, a feed. */
export const ofTheInstallation: readonly Meaning[] = [
  when(AmazonSyncStalled, (e) => [
    opens('sync-stalled', e, e.aggregateId, {
      ...{ storeName: e.data.storeName, since: e.data.since, needsPerson: e.data.needsPerson },
      ...codeAndWords(e.data.refusal),
    }),
  ]),
  when(AmazonSyncRecovered, (e) => [settles('sync-stalled', e, e.aggregateId)]),

  when(AmazonGapFound, (e) => {
    const { storeName, sweepId, from, until, missing } = e.data;
    const shownUntil = new Date(Date.parse(e.occurredAt) + gapShownMs).toISOString();
    return [{ ...opens('gap-found', e, e.aggregateId, { storeName, sweepId, from, until, missing }), until: shownUntil }];
  }),

  when(AmazonFeedStuck, (e) => [
    opens('feed-stuck', e, e.aggregateId, {
      ...{ feedId: e.data.feedId, feedType: e.data.feedType, submittedAt: e.data.submittedAt, commands: e.data.commands },
    }),
  ]),
  when(AmazonFeedFinished, (e) => [settles('feed-stuck', e, e.aggregateId)]),

  when(AmazonSecretExpiring, (e) => [
    opens('secret-expiring', e, e.aggregateId, {
      ...{ storeName: e.data.storeName, secret: e.data.secret, expiresAt: e.data.expiresAt },
    }),
  ]),
  when(AmazonSecretRenewed, (e) => [settles('secret-expiring', e, e.aggregateId)]),

  when(AmazonReadOnlySwitched, (e) => [
    e.data.readOnly
      ? opens('read-only', e, e.aggregateId, { storeId: e.data.storeId, reason: e.data.reason })
      : settles('read-only', e, e.aggregateId),
  ]),

  when(DeadLettersOpened, (e) => {
    const { service, topic, reason, open, since, letterIds } = e.data;
    return [opens('dead-letters', e, e.aggregateId, { service, topic, reason, open, since, letterIds })];
  }),
  when(DeadLettersSettled, (e) => [settles('dead-letters', e, e.aggregateId)]),

  when(CircuitOpened, (e) => {
    const { service, system, circuits, since } = e.data;
    return [opens('circuit-open', e, e.aggregateId, { service, system, circuits, since })];
  }),
  when(CircuitClosed, (e) => [settles('circuit-open', e, e.aggregateId)]),
];
