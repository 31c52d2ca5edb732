import { RefundReason } from '@orderbus/contracts';
import { AppError, documentIdOf } from '@orderbus/kernel';
import { actorOf, decodeCursor, pageOf, pageQuery, type Route, response, route, storeFilter, toPage } from '@orderbus/service-kit';
import { z } from 'zod';
import { twinOf } from '../domain/give-back.ts';
import type { CreditWish } from '../domain/order-billing.ts';
import { planCredit } from '../domain/plan-credit.ts';
import { type CreditMemoDocument, findCreditMemo, listCreditMemos } from '../store/credit-memo-queries.ts';
import { addComment } from '../store/document-comments.ts';
import { CreditBody, wishOf } from './credit-memo-body.ts';
import { CreditMemoHeadView, CreditMemoView, creditMemoHeadView, creditMemoView, PreviewView, previewView } from './credit-memo-views.ts';
import { type ActionKit, knownOrder, perform } from './perform.ts';
import { storeOfCreditMemo, storeOfOrderMeant } from './stores.ts';

const Position = z.object({ requestedAt: z.string().regex(/^\d{4,}-\d\d-\d\d [\d:.+-]+$/), id: z.uuid() });
const params = z.object({ creditMemoId: z.uuid() });
const tags = ['credit memos'];

const listQuery = pageQuery.extend({
  tenant: z.string().min(1).optional(),
  orderId: z.uuid().optional(),
  number: z.string().min(1).optional(),
  state: z.enum(['requested', 'submitted', 'accepted', 'refused', 'settled']).optional(),
  kind: z.enum(['refund', 'correction']).optional(),
  reason: RefundReason.optional(),
  returnId: z.uuid().optional(),
  requestedFrom: z.iso.datetime().optional().meta({ description: 'This moment or later' }),
  requestedTo: z.iso.datetime().optional().meta({ description: 'Before this moment' }),
});

/** Money goes back through Amazon, which has taken it: a credit memo asks for it, and follows what becomes of it. */
export const creditMemoRoutes = (kit: ActionKit): Route[] => [
  route({
    method: 'get',
    path: '/credit-memos',
    access: { needs: 'read', store: 'filtered' },
    summary: 'Credit memos, newest first',
    tags,
    query: listQuery,
    responses: { 200: pageOf(CreditMemoHeadView) },
    handle: async ({ caller, query: { limit, cursor, tenant, ...filter } }) => {
      const after = cursor === undefined ? undefined : decodeCursor(cursor, Position);
      const rows = await listCreditMemos(kit.database, { ...filter, ...storeFilter(caller, tenant) }, after, limit + 1);
      const { items, ...rest } = toPage(rows, limit, (row) => ({ requestedAt: row.position, id: row.creditMemoId }));
      return { items: items.map(creditMemoHeadView), ...rest };
    },
  }),
  route({
    method: 'get',
    path: '/credit-memos/:creditMemoId',
    access: { needs: 'read', store: storeOfCreditMemo(kit) },
    summary: 'One credit memo with its lines',
    tags,
    params,
    responses: { 200: CreditMemoView },
    handle: async (input) => creditMemoView(await knownMemo(kit, input.params.creditMemoId)),
  }),
  route({
    method: 'post',
    path: '/credit-memos/preview',
    access: { needs: 'read', store: storeOfOrderMeant(kit) },
    summary: 'What a credit memo would come to, the most that can go back, what Amazon would be asked, and what is in the way',
    tags,
    body: CreditBody,
    responses: { 200: PreviewView },
    handle: async ({ body }) => {
      const order = await knownOrder(kit, body.orderId);
      return previewView(planCredit(order, wishOf(body)), order.currency);
    },
  }),
  route({
    method: 'post',
    path: '/credit-memos',
    access: { needs: 'refund', store: storeOfOrderMeant(kit) },
    summary: 'Gives money back: Amazon is asked to pay it',
    description:
      'Never more than was paid and has not gone back; what is on its way counts as gone. The same twice within a minute is taken for two clicks, ' +
      'unless `confirm` says otherwise. `If-Match`: the ETag of `/orders/:orderId/billing`.',
    tags,
    body: CreditBody,
    responses: { 201: CreditMemoView },
    handle: async (input) => {
      const { requestId: memoId } = input;
      const { orderId, confirm, comment } = input.body;
      const [actor, at] = [actorOf(input), kit.clock.now().toISOString()];
      const order = await knownOrder(kit, orderId);
      const wish = wishOf(input.body);
      const why = await perform(kit, order, input, { type: 'credit', memoId, wish, returnId: null, confirm, actor, at });
      if (why !== undefined) throw await refusalOf(kit, orderId, wish, confirm, at, why);
      if (comment !== undefined)
        await addComment(kit.database, { id: documentIdOf(memoId, 'comment'), documentId: memoId, text: comment, author: actor, at });
      return response(201, creditMemoView(await knownMemo(kit, memoId)));
    },
  }),
  route({
    method: 'post',
    path: '/credit-memos/:creditMemoId/retry',
    access: { needs: 'refund', store: storeOfCreditMemo(kit) },
    summary: 'Asks Amazon once more for a refund that it refused',
    description: 'Not for one of which nobody can tell whether it was done: that is decided at the gateway.',
    tags,
    params,
    responses: { 200: CreditMemoView },
    handle: async (input) =>
      act(kit, input, 'credit-memo.no-retry', { type: 'retry', memoId: input.params.creditMemoId, actor: actorOf(input) }),
  }),
  route({
    method: 'post',
    path: '/credit-memos/:creditMemoId/upload',
    access: { needs: 'bill', store: storeOfCreditMemo(kit) },
    summary: 'Hands it in at Amazon, also again after Amazon refused it',
    tags,
    params,
    responses: { 200: CreditMemoView },
    handle: async (input) => act(kit, input, 'credit-memo.no-upload', { type: 'upload', documentId: input.params.creditMemoId }),
  }),
];

type Asked = Parameters<typeof perform>[2] & { readonly params: { readonly creditMemoId: string } };

const act = async (kit: ActionKit, input: Asked, code: string, command: Parameters<typeof perform>[3]) => {
  const { creditMemoId } = input.params;
  const { orderId } = await knownMemo(kit, creditMemoId);
  const why = await perform(kit, await knownOrder(kit, orderId), input, command);
  if (why !== undefined) throw new AppError('conflict', code, { why });
  return creditMemoView(await knownMemo(kit, creditMemoId));
};

/** Names what is in the way, field by field, as things stand now. */
const refusalOf = async (
  kit: ActionKit,
  orderId: string,
  wish: CreditWish,
  confirm: boolean,
  at: string,
  why: string,
): Promise<AppError> => {
  const order = await knownOrder(kit, orderId);
  const twin = confirm ? undefined : twinOf(order, wish, at);
  if (twin !== undefined) return new AppError('conflict', 'credit-memo.same-again', { creditMemoId: twin.id, why });
  const { problems } = planCredit(order, wish);
  return new AppError('conflict', 'credit-memo.not-possible', { why, ...(problems.length > 0 ? { errors: problems } : {}) });
};

/** @throws AppError `credit-memo.unknown`. */
const knownMemo = async ({ database }: Pick<ActionKit, 'database'>, creditMemoId: string): Promise<CreditMemoDocument> => {
  const memo = await findCreditMemo(database, creditMemoId);
  if (!memo) throw new AppError('not-found', 'credit-memo.unknown', { creditMemoId });
  return memo;
};
