import { isDeepStrictEqual } from 'node:util';
import { AppError } from '@orderbus/kernel';
import type { ServiceKit } from '@orderbus/service-kit';
import { enabledAt, type Health } from './domain/health.ts';
import type { Staff } from './stopped.ts';
import { forgetOthers } from './store/deliveries.ts';
import { deleteWebhook, lockWebhook, saveWebhook, unknownWebhook, type Webhook } from './store/webhooks.ts';

/** Changes a webhook for a person. What the staff was told about it is over when its state is another one then. @throws AppError `webhook.unknown` */
export const changeWebhook = (
  { database, clock }: ServiceKit,
  staff: Staff,
  id: string,
  change: (webhook: Webhook, now: Date) => Webhook,
): Promise<Webhook> =>
  database.transaction(async (tx) => {
    const before = await lockWebhook(tx, id);
    if (!before) throw unknownWebhook(id);
    const now = clock.now();
    const changed = change(before, now);
    const isOver = changed.state !== before.state && wasStopped(before);
    const after = isOver ? { ...changed, told: changed.told + 1 } : changed;
    await saveWebhook(tx, after);
    if (!isDeepStrictEqual([before.topics, before.tenants], [after.topics, after.tenants])) await forgetOthers(tx, id);
    if (isOver) await staff.isOver(tx, after, now);
    return after;
  });

/** It is told of nothing any more, and its deliveries are forgotten. @throws AppError `webhook.unknown` */
export const removeWebhook = ({ database, clock }: ServiceKit, staff: Staff, id: string): Promise<void> =>
  database.transaction(async (tx) => {
    const webhook = await lockWebhook(tx, id);
    if (!webhook) throw unknownWebhook(id);
    await deleteWebhook(tx, id);
    if (wasStopped(webhook)) await staff.isOver(tx, { ...webhook, told: webhook.told + 1 }, clock.now());
  });

/** It goes on with what has been waiting for it. */
export const resumed = (webhook: Webhook, now: Date): Webhook =>
  webhook.state === 'enabled' ? webhook : { ...webhook, ...enabledAt(now) };

export const disabled = (webhook: Webhook, now: Date): Webhook => {
  const health: Health = { ...enabledAt(now), state: 'disabled', stateReason: 'person' };
  return webhook.state === 'disabled' ? webhook : { ...webhook, ...health };
};

/** Stopped and gone on are told in turn. */
const wasStopped = ({ told }: Webhook): boolean => told % 2 === 1;

/** For what makes no sense while nothing is kept for it. @throws AppError `webhook.disabled` */
export const throwIfDisabled = ({ id, state }: Webhook): void => {
  if (state === 'disabled') throw new AppError('conflict', 'webhook.disabled', { id });
};
