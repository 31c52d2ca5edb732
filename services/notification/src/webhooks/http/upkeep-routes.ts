import { newId } from '@orderbus/kernel';
import { jsonOr, type Route, route } from '@orderbus/service-kit';
import { z } from 'zod';
import { attemptOf, callTarget } from '../call.ts';
import { changeWebhook, resumed } from '../change.ts';
import { openTarget, sealTarget, withNewSecret } from '../sealed-target.ts';
import { knownWebhook } from '../store/webhooks.ts';
import { ofWebhook, shownOnce, webhookId } from './bodies.ts';
import type { WebhookRoutesOptions } from './options.ts';
import { AttemptView, attemptView, WebhookView, webhookView } from './views.ts';

const NewSecret = z.object({ secret: z.string(), previousUntil: z.iso.datetime() });

/** Keeping a webhook going. */
export const upkeepRoutes = ({ kit, ring, post, staff }: WebhookRoutesOptions): Route[] => [
  route({
    method: 'post',
    path: '/webhooks/:id/secret',
    access: ofWebhook(kit.database),
    summary: 'Gives it a new secret; for a while calls are signed with both',
    description: 'The secret is shown in this answer and never again. Of older ones, only the one before this stays good.',
    tags: ['webhooks'],
    params: webhookId,
    body: z.strictObject({ overlapHours: z.number().min(0).max(720).default(24) }),
    responses: { 200: jsonOr(NewSecret, 'application/json') },
    handle: async ({ params, body }) => {
      const previousUntil = new Date(kit.clock.now().getTime() + body.overlapHours * 3_600_000);
      let secret: string | undefined;
      await changeWebhook(kit, staff, params.id, (webhook) => {
        const target = withNewSecret(openTarget(ring, webhook.id, webhook.sealed), previousUntil);
        secret = target.secrets[0]?.secret;
        return { ...webhook, sealed: sealTarget(ring, webhook.id, target) };
      });
      return shownOnce({ secret, previousUntil: previousUntil.toISOString() });
    },
  }),
  route({
    method: 'post',
    path: '/webhooks/:id/resume',
    access: ofWebhook(kit.database),
    summary: 'Goes on with one that is paused or disabled; what has been kept for it is sent',
    tags: ['webhooks'],
    params: webhookId,
    responses: { 200: WebhookView },
    handle: async ({ params }) => webhookView(await changeWebhook(kit, staff, params.id, resumed)),
  }),
  route({
    method: 'post',
    path: '/webhooks/:id/test',
    access: ofWebhook(kit.database),
    summary: 'Sends it a test, and says how it went',
    description: 'Its type is `webhook.test`. It is sent whatever the state of the webhook, once, and is not among the deliveries.',
    tags: ['webhooks'],
    params: webhookId,
    responses: { 200: AttemptView },
    handle: async ({ params }) => {
      const webhook = await knownWebhook(kit.database, params.id);
      const target = openTarget(ring, webhook.id, webhook.sealed);
      const [id, at] = [newId(), kit.clock.now()];
      const body = JSON.stringify({ type: 'webhook.test', timestamp: at.toISOString(), id, data: { webhookId: webhook.id } });
      return attemptView(attemptOf(await callTarget(post.post, target, { id, body }, at), target, at));
    },
  }),
];
