import { CancelReason } from '@orderbus/contracts';
import { AppError, documentIdOf } from '@orderbus/kernel';
import { execute } from '@orderbus/outbox';
import { type Caller, type Route, route, said, storesOf } from '@orderbus/service-kit';
import { z } from 'zod';
import { codeOf, whys } from '../domain/gates.ts';
import { placesOf } from '../store/list-orders.ts';
import { orders as orderTarget } from '../store/orders.ts';
import { retagged } from '../store/tagging.ts';
import type { Vault } from '../vault/vault.ts';
import { type FindingKit, filterShape, selectionOf } from './filters.ts';
import { type ActionKit, refusalOf, type Wish, wishItem } from './perform.ts';
import { plainText } from './plain-text.ts';

const mostOrders = 500;

const words = (longest: number) => z.string().trim().min(1).max(longest);
const Tags = z.array(words(40)).max(20).default([]);

const Action = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('cancel'), reason: CancelReason }),
  z.strictObject({ action: z.literal('hold'), reason: words(500).optional() }),
  z.strictObject({ action: z.literal('release') }),
  z
    .strictObject({ action: z.literal('tag'), add: Tags, remove: Tags })
    .refine(({ add, remove }) => add.length + remove.length > 0, said('order.no-tag', 'Names no tag')),
  z.strictObject({
    action: z.literal('comment'),
    text: z.string().max(4_000).transform(plainText).pipe(z.string().min(1)),
    notify: z.boolean().default(false),
    visible: z.boolean().default(false),
  }),
]);

const Body = z
  .strictObject({
    ids: z.array(z.uuid()).min(1).max(mostOrders).optional().describe('Our ids'),
    filters: z.strictObject(filterShape).optional().describe(`Instead of ids: everything that they leave, up to ${mostOrders} orders`),
    do: Action,
  })
  .refine(({ ids, filters }) => (ids === undefined) !== (filters === undefined), {
    path: ['ids'],
    error: said('order.ids-or-filters', 'Either ids or filters'),
  });

const Result = z.object({
  id: z.uuid(),
  number: z.string().nullable(),
  done: z.boolean(),
  why: z.string().optional().describe('Why it was not done'),
  code: z.enum(whys).optional().describe('As `why`, for programs'),
});

/** The same for many orders: each is tried on its own, and one that cannot does not keep the others. */
export const massActionRoutes = (kit: ActionKit, vault: Pick<Vault, 'tokensOf'>): Route[] => [
  route({
    method: 'post',
    path: '/orders/mass',
    access: { needs: 'operate', store: 'filtered' },
    summary: 'Does the same to many orders, and says for each whether it was done',
    tags: ['actions'],
    body: Body,
    responses: { 200: z.object({ done: z.int(), refused: z.int(), items: z.array(Result).max(mostOrders) }) },
    handle: async (input) => {
      const { ids, filters, do: action } = input.body;
      const meant = [...new Set(ids ?? (await idsOf(filters ?? {}, input.caller, { database: kit.database, vault })))];
      const orders = await kit.database.query<{ id: string; tenant: string; number: string | null }>(
        'select id, tenant, number from orders where id = any($1::uuid[]) and ($2::text[] is null or tenant = any($2))',
        [meant, storesOf(input.caller) ?? null],
      );
      const items = orders.map((order) => wishItem(order, wishOf(action, order.id, input.requestId), input, kit));
      const outcomes = await execute(kit.execution, action.action === 'tag' ? retagged(action) : orderTarget, items);
      const whys = new Map(orders.map(({ id }, n) => [id, outcomes[n] && refusalOf(outcomes[n])]));
      const numbers = new Map(orders.map(({ id, number }) => [id, number]));
      const results = meant.map((id) => resultOf(id, numbers.get(id), numbers.has(id) ? whys.get(id) : 'there is no such order'));
      const done = results.filter((result) => result.done).length;
      return { done, refused: results.length - done, items: results };
    },
  }),
];

/** @throws AppError `mass.too-many-orders`. */
const idsOf = async (filters: Parameters<typeof selectionOf>[0], caller: Pick<Caller, 'stores'>, kit: FindingKit): Promise<string[]> => {
  const listing = { ...(await selectionOf(filters, caller, kit)), sort: { by: 'purchased', descending: true } } as const;
  const places = await placesOf(kit.database, listing, { after: undefined, limit: mostOrders + 1 });
  if (places.length > mostOrders) throw new AppError('too-large', 'mass.too-many-orders', { most: mostOrders });
  return places.map(({ id }) => id);
};

/** Ids of what it creates follow from the request and the order: sent again under its key, it creates nothing twice. */
const wishOf = (action: z.output<typeof Action>, orderId: string, requestId: string): Wish => {
  switch (action.action) {
    case 'cancel':
      return { type: 'request-cancel', cancellationId: documentIdOf(orderId, requestId), reason: action.reason };
    case 'hold':
      return { type: 'hold', reason: action.reason };
    case 'release':
      return { type: 'release' };
    case 'tag':
      // Which ones follows from those that it has: see `retagged`.
      return { type: 'set-tags', tags: [] };
    case 'comment':
      return {
        type: 'comment',
        commentId: documentIdOf(orderId, requestId),
        text: action.text,
        notify: action.notify,
        visible: action.visible,
      };
  }
};

const resultOf = (id: string, number: string | null | undefined, why: string | undefined): z.output<typeof Result> => ({
  id,
  number: number ?? null,
  done: why === undefined,
  ...(why === undefined ? {} : { why, code: codeOf(why) }),
});
