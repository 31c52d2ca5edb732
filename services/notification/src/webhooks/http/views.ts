import { z } from 'zod';
import { InOtherWords } from '../../http/views.ts';
import { deliveryStates } from '../domain/attempt.ts';
import { stateReasons, webhookStates } from '../domain/health.ts';
import type { Delivery } from '../store/deliveries.ts';
import type { Attempt } from '../store/queue.ts';
import type { Replay } from '../store/replays.ts';
import type { Webhook } from '../store/webhooks.ts';

export const WebhookView = z.object({
  id: z.uuid(),
  description: z.string(),
  url: z.string().describe('Where it leads, and the end of it: the rest may hold a token, and is not shown again'),
  topics: z.array(z.string()),
  stores: z.array(z.string()).optional().describe('Absent: all of them, and what concerns no single one'),
  state: z
    .enum(webhookStates)
    .describe('`paused`: what happens is kept for it and sent when it goes on. `disabled`: it is not told of what happens'),
  stateReason: z.enum(stateReasons).optional().describe('`failing`: nothing but failures for too long. `gone`: it answered 410'),
  stateSince: z.iso.datetime(),
  failures: z.int().describe('Attempts that failed since the last one that did not'),
  failingSince: z.iso.datetime().optional(),
  restUntil: z.iso.datetime().optional().describe('It fails, or has asked for it: nothing is sent before'),
  createdAt: z.iso.datetime(),
});
export type WebhookView = z.infer<typeof WebhookView>;

export const webhookView = ({ id, description, topics, state, stateSince, failures, createdAt, ...webhook }: Webhook): WebhookView => ({
  ...{ id, description, url: webhook.shownUrl, topics: [...topics], state, stateSince, failures, createdAt },
  ...(webhook.tenants === null ? {} : { stores: [...webhook.tenants] }),
  ...(webhook.stateReason === null ? {} : { stateReason: webhook.stateReason }),
  ...(webhook.failingSince === null ? {} : { failingSince: webhook.failingSince }),
  ...(webhook.restUntil === null ? {} : { restUntil: webhook.restUntil }),
});

export const AttemptView = z.object({
  at: z.iso.datetime(),
  outcome: z
    .enum(['taken', 'declined', 'unreachable', 'forbidden'])
    .describe('`taken`: answered 2xx. `forbidden`: not sent, the target is none that may be called'),
  durationMs: z.number(),
  status: z.int().optional(),
  problem: z.string().optional(),
  failure: InOtherWords.optional(),
  answer: z.string().optional().describe('The first 1,024 bytes of it, without what it repeats of the URL and the secrets'),
});

export const DeliveryView = z.object({
  eventId: z.uuid().describe('The `webhook-id` of the call'),
  topic: z.string(),
  tenant: z.string(),
  heardAt: z.iso.datetime(),
  state: z.enum(deliveryStates),
  attempts: z.int(),
  nextAttemptAt: z.iso.datetime().optional(),
  deliveredAt: z.iso.datetime().optional(),
  lastAttempt: AttemptView.optional(),
});
export type DeliveryView = z.infer<typeof DeliveryView>;

export const DeliveryWithAttemptsView = DeliveryView.extend({
  log: z.array(AttemptView).describe('The last twenty attempts, oldest first'),
});

export const deliveryView = ({ seq: _, log, nextAttemptAt, deliveredAt, ...delivery }: Delivery): DeliveryView => {
  const lastAttempt = log.at(-1);
  return {
    ...delivery,
    ...(delivery.state === 'pending' ? { nextAttemptAt } : {}),
    ...(deliveredAt === null ? {} : { deliveredAt }),
    ...(lastAttempt === undefined ? {} : { lastAttempt: attemptView(lastAttempt) }),
  };
};

export const attemptView = (attempt: Attempt): z.infer<typeof AttemptView> => AttemptView.parse(attempt);

export const ReplayView = z.object({
  id: z.uuid(),
  from: z.iso.datetime().optional(),
  until: z.iso.datetime().optional(),
  eventIds: z.array(z.uuid()).optional(),
  requestedBy: z.string(),
  requestedAt: z.iso.datetime(),
  total: z.int().describe('The events it is about: heard then, of its topics and stores, and not forgotten yet'),
  queued: z.int().describe('Those that are among the deliveries by now'),
  waiting: z.int(),
  delivered: z.int(),
  failed: z.int(),
  state: z.enum(['queueing', 'sending', 'done']),
});
export type ReplayView = z.infer<typeof ReplayView>;

export const replayView = ({ webhookId: _, from, until, eventIds, doneAt, ...replay }: Replay): ReplayView => ({
  ...replay,
  ...(from === null ? {} : { from }),
  ...(until === null ? {} : { until }),
  ...(eventIds === null ? {} : { eventIds: [...eventIds] }),
  state: doneAt === null ? 'queueing' : replay.waiting > 0 ? 'sending' : 'done',
});
