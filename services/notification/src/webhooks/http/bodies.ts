import { allEvents } from '@orderbus/contracts';
import type { Database } from '@orderbus/outbox';
import { type Caller, HttpError, invalidRequest, type Raw, raw, StoreId, storesOf } from '@orderbus/service-kit';
import { z } from 'zod';
import { unknownIn } from '../domain/topics.ts';
import type { SafePost } from '../safe-post.ts';
import { storesOfWebhook } from '../store/webhooks.ts';
import { issueOf } from '../target/issue.ts';

export const webhookId = z.object({ id: z.uuid() });

/** Raw: anything else would be remembered in clear under its Idempotency-Key. */
export const shownOnce = (value: unknown): Raw => raw('application/json; charset=utf-8', JSON.stringify(value));

export const topics = allEvents.map(({ topic }) => topic).sort();

const Topics = z
  .array(z.string().max(100))
  .min(1)
  .max(100)
  .superRefine((patterns, ctx) => {
    for (const unknown of unknownIn(patterns, topics)) ctx.addIssue({ code: 'custom', message: `There is no such event: ${unknown}` });
  })
  .meta({ description: 'Topics of events, such as `order.created.v1`, or their beginnings: `order.*`, `*`' });

const Stores = z.array(StoreId).min(1).max(1_000);

const content = {
  url: z.string().min(1).max(2_000),
  description: z.string().trim().min(1).max(200),
  topics: Topics,
};

export const NewWebhook = z.strictObject({
  ...content,
  stores: Stores.optional().meta({ description: 'Absent: all that its maker may see' }),
  enabled: z.boolean().default(true),
});

export const ChangedWebhook = z
  .strictObject({ ...content, stores: Stores.nullable().meta({ description: 'Null: all' }), enabled: z.boolean() })
  .partial();

/** @throws AppError `request.invalid`, in words, when its URL is none that may be called. */
export const checkUrl = async (post: SafePost, url: string): Promise<void> => {
  const issue = await issueOf(post, url);
  if (issue) throw invalidRequest([issue]);
};

/** Webhooks are for those who administer; whoever is limited to some stores, for webhooks that are about none but these. */
export const ofWebhook = (database: Database) =>
  ({
    needs: 'administer',
    store: ({ params }: { readonly params: { readonly id: string } }) => storesOfWebhook(database, params.id),
  }) as const;

/** Which stores a webhook is about: whoever is limited to some makes it about some of these. @throws HttpError 403 for another store. */
export const storesFor = (caller: Caller, asked: readonly string[] | null): readonly string[] | null => {
  const own = storesOf(caller);
  if (own === undefined) return asked;
  const other = asked?.find((store) => !own.includes(store));
  if (other !== undefined) throw new HttpError(403, 'access.other-store', `You have no access to the store ${other}`);
  return asked ?? own;
};
