import { allStores } from '@orderbus/contracts';
import { newId } from '@orderbus/kernel';
import type { Target, Transaction } from '@orderbus/outbox';
import type { Notice, WatchCommand } from '../domain/watch.ts';
import type { Webhook } from './store/webhooks.ts';

/** Tells the staff about webhooks: as alerts, like everything else. */
export interface Staff {
  /** Nothing is sent there any more, and nobody has wanted that. */
  stopped(tx: Transaction, webhook: Webhook): Promise<void>;
  /** It goes on, or is no longer there. */
  isOver(tx: Transaction, webhook: Webhook, at: Date): Promise<void>;
}

/** `webhook.told` counts what was told, the first time as 1: notices are read in that order. */
export const staff = (watches: Target<WatchCommand>): Staff => {
  const tell = async (tx: Transaction, { id, tenants, told }: Webhook, at: string, facts: Notice['facts']): Promise<void> => {
    const eventId = newId();
    const notice: Notice = { eventId, kind: 'webhook-paused', version: told, at, facts };
    const [only, ...others] = tenants ?? [];
    const tenant = only === undefined || others.length > 0 ? allStores : only;
    await watches.run(tx, [{ key: id, command: { type: 'notice', notices: [notice] }, cause: { tenant, correlationId: eventId } }]);
  };
  return {
    stopped: (tx, webhook) =>
      tell(tx, webhook, webhook.stateSince, {
        kind: 'webhook-paused',
        webhookId: webhook.id,
        description: webhook.description,
        target: new URL(webhook.shownUrl).host,
        reason: webhook.stateReason === 'gone' ? 'gone' : 'failing',
        since: webhook.failingSince ?? webhook.stateSince,
        failures: webhook.failures,
      }),
    isOver: (tx, webhook, at) => tell(tx, webhook, at.toISOString(), null),
  };
};
