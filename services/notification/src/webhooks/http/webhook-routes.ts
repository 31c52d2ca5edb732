import { jsonOr, noContent, type Route, response, route, storesOf } from '@orderbus/service-kit';
import { z } from 'zod';
import { changeWebhook, disabled, removeWebhook, resumed } from '../change.ts';
import { enabledAt } from '../domain/health.ts';
import { newTarget, openTarget, sealTarget, shownUrl } from '../sealed-target.ts';
import { knownWebhook, listWebhooks, saveWebhook, type Webhook } from '../store/webhooks.ts';
import { ChangedWebhook, checkUrl, NewWebhook, ofWebhook, shownOnce, storesFor, topics, webhookId } from './bodies.ts';
import type { WebhookRoutesOptions } from './options.ts';
import { WebhookView, webhookView } from './views.ts';

/** Who is told, of what, and where. */
export const webhookRoutes = ({ kit, ring, post, staff }: WebhookRoutesOptions): Route[] => [
  route({
    method: 'get',
    path: '/webhooks/topics',
    access: { needs: 'administer', store: 'shared' },
    summary: 'The events that there are',
    tags: ['webhooks'],
    responses: { 200: z.object({ items: z.array(z.string()) }) },
    handle: () => ({ items: topics }),
  }),
  route({
    method: 'get',
    path: '/webhooks',
    access: { needs: 'administer', store: 'filtered' },
    summary: 'All webhooks, oldest first',
    tags: ['webhooks'],
    responses: { 200: z.object({ items: z.array(WebhookView) }) },
    handle: async ({ caller }) => ({ items: (await listWebhooks(kit.database, storesOf(caller))).map(webhookView) }),
  }),
  route({
    method: 'post',
    path: '/webhooks',
    access: { needs: 'administer', store: 'filtered' },
    summary: 'Has somebody told of events from now on',
    description: 'The secret is shown in this answer and never again; it verifies the signatures (Standard Webhooks).',
    tags: ['webhooks'],
    body: NewWebhook,
    responses: { 201: jsonOr(WebhookView.extend({ secret: z.string() }), 'application/json') },
    handle: async ({ body, caller, requestId: id }) => {
      const tenants = storesFor(caller, body.stores ?? null);
      await checkUrl(post, body.url);
      const target = newTarget(body.url);
      const now = kit.clock.now();
      const made: Webhook = {
        ...{ id, description: body.description, topics: body.topics, tenants, told: 0, createdAt: now.toISOString() },
        ...{ sealed: sealTarget(ring, id, target), shownUrl: shownUrl(body.url) },
        ...enabledAt(now),
      };
      const webhook = body.enabled ? made : disabled(made, now);
      await saveWebhook(kit.database, webhook);
      return response(201, shownOnce({ ...webhookView(webhook), secret: target.secrets[0]?.secret }));
    },
  }),
  route({
    method: 'get',
    path: '/webhooks/:id',
    access: ofWebhook(kit.database),
    summary: 'One webhook, and how it stands with it',
    tags: ['webhooks'],
    params: webhookId,
    responses: { 200: WebhookView },
    handle: async ({ params }) => webhookView(await knownWebhook(kit.database, params.id)),
  }),
  route({
    method: 'patch',
    path: '/webhooks/:id',
    access: ofWebhook(kit.database),
    summary: 'Changes a webhook; what is left out stays',
    tags: ['webhooks'],
    params: webhookId,
    body: ChangedWebhook,
    responses: { 200: WebhookView },
    handle: async ({ params, body: { url, stores, enabled, ...body }, caller }) => {
      const tenants = stores === undefined ? undefined : storesFor(caller, stores);
      if (url !== undefined) await checkUrl(post, url);
      const changed = await changeWebhook(kit, staff, params.id, (before, now) => {
        const webhook: Webhook = {
          ...before,
          description: body.description ?? before.description,
          topics: body.topics ?? before.topics,
          ...(tenants === undefined ? {} : { tenants }),
          ...(url === undefined
            ? {}
            : { shownUrl: shownUrl(url), sealed: sealTarget(ring, before.id, { ...openTarget(ring, before.id, before.sealed), url }) }),
        };
        if (enabled === undefined) return webhook;
        return enabled ? resumed(webhook, now) : disabled(webhook, now);
      });
      return webhookView(changed);
    },
  }),
  route({
    method: 'delete',
    path: '/webhooks/:id',
    access: ofWebhook(kit.database),
    summary: 'Tells nobody there of anything any more, and forgets its deliveries',
    tags: ['webhooks'],
    params: webhookId,
    responses: { 204: noContent },
    handle: ({ params }) => removeWebhook(kit, staff, params.id),
  }),
];
