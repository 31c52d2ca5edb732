import { Actor, RefundReason, ReturnCondition } from '@orderbus/contracts';
import { AppError, newId } from '@orderbus/kernel';
import { execute } from '@orderbus/outbox';
import {
  actorOf,
  context,
  decodeCursor,
  demand,
  invalidRequest,
  pageOf,
  pageQuery,
  type Route,
  response,
  route,
  type ServiceKit,
  said,
  storeFilter,
  toPage,
} from '@orderbus/service-kit';
import { z } from 'zod';
import { mostUnits } from '../domain/stock-command.ts';
import { findReturn, type KnownReturn, listReturns, tenantOf } from '../store/return-queries.ts';
import { returns } from '../store/returns.ts';
import { Sku } from './sku.ts';

const ReturnView = z.object({
  id: z.uuid(),
  orderId: z.uuid(),
  number: z.string(),
  amazonOrderId: z.string(),
  tenant: z.string(),
  receivedAt: z.iso.datetime(),
  reason: RefundReason,
  refund: z.boolean().describe('The buyer is to have the money for it: a credit memo follows'),
  lines: z.array(
    z.object({
      lineId: z.string(),
      sku: z.string(),
      title: z.string(),
      quantity: z.int(),
      condition: ReturnCondition,
      restocked: z.boolean().describe('On the shelf again'),
    }),
  ),
  actor: Actor,
  createdAt: z.iso.datetime(),
});

const WantedLine = z
  .strictObject({
    lineId: z.string().min(1).max(100).optional(),
    sku: Sku.optional().describe('Instead of `lineId`, where only one line of the order has it'),
    quantity: z.int().min(1).max(mostUnits),
    condition: ReturnCondition,
    restock: z.boolean().default(false).describe('Back onto the shelf. Only what was not damaged, is complete, and is what was sold'),
  })
  .refine(({ lineId, sku }) => lineId !== undefined || sku !== undefined, {
    path: ['lineId'],
    message: said('line.not-named', 'Name the line, by lineId or sku'),
  });

const WantedReturn = z.strictObject({
  orderId: z.uuid(),
  reason: RefundReason.optional().describe('Absent: `different-item` where a wrong item came back, else `customer-return`'),
  refund: z.boolean().default(true).describe('Whether the buyer is to have the money for it'),
  receivedAt: z.iso.datetime({ offset: true }).optional().describe('Absent: now'),
  lines: z.array(WantedLine).min(1).max(500),
});

const Position = z.object({ receivedAt: z.iso.datetime(), id: z.uuid() });
const yesOrNo = z.stringbool({ truthy: ['true'], falsy: ['false'] });

export const returnRoutes = (kit: ServiceKit): Route[] => [
  route({
    method: 'post',
    path: '/returns',
    access: { needs: 'operate', mayNeed: 'refund', store: ({ body }) => tenantOf(kit.database, body.orderId) },
    summary: 'Records units that came back',
    description:
      'Never more than were shipped and have not come back before. Units with `restock` are on the shelf again; with `refund`, which takes the permission of that name, a credit memo follows.',
    tags: ['returns'],
    body: WantedReturn,
    responses: { 201: ReturnView },
    handle: async ({ body: { orderId, ...body }, caller, requestId }) => {
      if (body.refund) demand(caller, 'refund');
      const wanted = { ...body, receivedAt: receivedAtOf(body.receivedAt, kit.clock.now()), actor: actorOf({ caller }) };
      const tenant = await tenantOf(kit.database, orderId);
      if (tenant === undefined) throw new AppError('not-found', 'order.unknown', { orderId });
      const cause = { tenant, correlationId: context().correlationId ?? newId() };
      await execute(kit.execution, returns, [{ key: orderId, command: { type: 'receive', returnId: requestId, wanted }, cause }]);
      return response(201, viewOf(await knownReturn(kit, requestId)));
    },
  }),
  route({
    method: 'get',
    path: '/returns',
    access: { needs: 'read', store: 'filtered' },
    summary: 'What came back, newest first',
    tags: ['returns'],
    query: pageQuery.extend({
      orderId: z.uuid().optional(),
      tenant: z.string().max(100).optional(),
      reason: RefundReason.optional(),
      refund: yesOrNo.optional(),
      receivedFrom: z.iso.datetime({ offset: true }).optional(),
      receivedBefore: z.iso.datetime({ offset: true }).optional(),
    }),
    responses: { 200: pageOf(ReturnView) },
    handle: async ({ caller, query: { limit, cursor, tenant, ...filter } }) => {
      const before = cursor === undefined ? undefined : decodeCursor(cursor, Position);
      const rows = await listReturns(kit.database, { ...filter, ...storeFilter(caller, tenant), before, limit: limit + 1 });
      return toPage(rows.map(viewOf), limit, ({ receivedAt, id }) => ({ receivedAt, id }));
    },
  }),
  route({
    method: 'get',
    path: '/returns/:id',
    access: { needs: 'read', store: async ({ params }) => (await findReturn(kit.database, params.id))?.tenant },
    summary: 'One return',
    tags: ['returns'],
    params: z.object({ id: z.uuid() }),
    responses: { 200: ReturnView },
    handle: async ({ params }) => viewOf(await knownReturn(kit, params.id)),
  }),
];

/** Clocks differ by seconds: what came back a moment from now came back now. */
const receivedAtOf = (given: string | undefined, now: Date): string => {
  const at = new Date(given ?? now);
  if (at.getTime() > now.getTime() + 300_000)
    throw invalidRequest([{ field: 'receivedAt', message: 'In the future: nothing has come back then', code: 'return.in-future' }]);
  return new Date(Math.min(at.getTime(), now.getTime())).toISOString();
};

const knownReturn = async ({ database }: ServiceKit, id: string): Promise<KnownReturn> => {
  const found = await findReturn(database, id);
  if (!found) throw new AppError('not-found', 'return.unknown', { id });
  return found;
};

const viewOf = (row: KnownReturn): z.output<typeof ReturnView> => ({ ...row, lines: [...row.lines] });
