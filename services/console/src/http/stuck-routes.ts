import { AppError } from '@orderbus/kernel';
import { HttpError, permissionNames, type Route, route } from '@orderbus/service-kit';
import { z } from 'zod';
import { type ActionKind, actionKinds, confirmations } from '../domain/stuck/actions.ts';
import { waits } from '../domain/stuck/reason.ts';
import { codes, whyStuck } from '../domain/stuck.ts';
import { owners } from '../services/owners.ts';
import type { ConsoleKit } from '../surroundings.ts';
import { askerFor } from './asking.ts';
import { gather } from './gather.ts';
import { SentenceFacts } from './sentence.ts';

const Action = z.object({
  kind: z.enum(Object.keys(actionKinds) as [ActionKind, ...ActionKind[]]),
  service: z.enum(owners).describe('Whose API it is: ask it below `/api/services/<service>`'),
  method: z.enum(['POST', 'PUT', 'PATCH']),
  path: z.string(),
  body: z.unknown().optional().describe('As far as it is known'),
  asks: z.array(z.string()).readonly().optional().describe('Fields of the body that only a person can fill in'),
  needs: z.array(z.enum(permissionNames)).readonly().describe('All of these'),
  allStores: z.literal(true).optional().describe('Only for whoever is not limited to some stores'),
  confirm: z.enum(confirmations).optional().describe('Why the person is asked once more'),
});

const Reason = z.object({
  code: z.enum(codes),
  waitsFor: z.enum(waits).describe('Who or what it waits for. `time`: it goes on by itself'),
  facts: SentenceFacts,
  since: z.iso.datetime().optional(),
  nextAttemptAt: z.iso.datetime().optional().describe('When it is tried again by itself'),
  action: Action.optional().describe('What mends it. Absent: Amazon, or time'),
  alternatives: z.array(Action).readonly().describe('What else helps'),
});

const Answer = z.object({
  stuck: Reason.extend({ behind: z.array(Reason).readonly().describe('What keeps it besides, in order') })
    .optional()
    .describe('The most important reason. Absent: nothing is in its way'),
  incomplete: z.array(z.enum(owners)).readonly().describe('Services that did not answer: what they know is missing here'),
  unseen: z.array(z.string()).readonly().describe('What this visitor may not know: `dead-letters`, `outboxes`, or a service'),
  askedAt: z.iso.datetime(),
});

/** "Why is it stuck?", as codes and facts: the pages have the words. */
export const stuckRoutes = (kit: ConsoleKit): Route[] => [
  route({
    method: 'get',
    path: '/api/orders/:orderId/stuck',
    access: { needs: 'read', store: 'filtered' },
    summary: 'Why an order does not go on, who has to act, and what mends it',
    description:
      'Asks the owners in the name of whoever asks, two seconds each. One that does not answer is named, and is a reason itself: nobody can say then that nothing is in the way. ' +
      'Programs ask with an API key: a token for the console opens no other service (403).',
    tags: ['orders'],
    params: z.object({ orderId: z.uuid() }),
    responses: { 200: Answer },
    handle: async ({ params: { orderId }, headers, address, caller }) => {
      const askedAt = kit.clock.now().toISOString();
      const { known, unseen, isUnknown } = await gather(askerFor(kit, { headers, address }), orderId, askedAt, caller);
      if (unseen.includes('order'))
        throw new HttpError(403, 'stuck.other-services', 'The order service does not show this: ask with an API key');
      if (isUnknown) throw new AppError('not-found', 'order.unknown', { order: orderId });
      const stuck = whyStuck(known);
      return { ...(stuck === undefined ? {} : { stuck }), incomplete: known.incomplete, unseen, askedAt };
    },
  }),
];
