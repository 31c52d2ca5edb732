import { BuyerAddress } from '@orderbus/contracts';
import { AppError, newId } from '@orderbus/kernel';
import { execute, orThrow, type Target } from '@orderbus/outbox';
import {
  actorOf,
  checkIfMatch,
  context,
  etagOf,
  invalidRequest,
  noContent,
  type Route,
  response,
  route,
  type ServiceKit,
  signatureOf,
} from '@orderbus/service-kit';
import { z } from 'zod';
import { waitsOutside } from '../domain/gates.ts';
import type { Order } from '../domain/order.ts';
import { lockVersion, vaultIdOf } from '../store/buyer-vault.ts';
import { addressIssues, tidied } from '../vault/address.ts';
import type { VaultCommand } from '../vault/commands.ts';
import { LegalHoldView } from './buyer-views.ts';
import { findOrder, inTenant, orderReference, storeOfOrder } from './find-order.ts';

export interface BuyerChangesOptions {
  readonly kit: Pick<ServiceKit, 'database' | 'execution' | 'clock'>;
  readonly vault: Target<VaultCommand>;
}

const word = (longest: number) => z.string().trim().min(1).max(longest);
const reason = word(500);

const Address = z.strictObject({
  ...BuyerAddress.shape,
  name: word(120),
  company: word(120).optional(),
  lines: z.array(word(120)).min(1).max(4),
  city: word(80).optional(),
  district: word(80).optional(),
  municipality: word(80).optional(),
  state: word(80).optional(),
  postalCode: word(20).optional(),
  country: word(2),
  phone: word(40).optional(),
  type: word(40).optional(),
});

/** Changes of what the vault has: the address, a legal hold, and forgetting at once. */
export const buyerChangeRoutes = ({ kit, vault }: BuyerChangesOptions): Route[] => {
  const store = storeOfOrder(kit.database);
  const now = (): string => kit.clock.now().toISOString();
  const change = async (order: Order, command: VaultCommand, ifMatch?: (version: number) => void): Promise<number> => {
    const key = vaultIdOf(order.id);
    const { correlationId = newId(), traceparent } = context();
    const cause = { tenant: order.tenant, correlationId, ...(traceparent === undefined ? {} : { traceparent }) };
    let version = 0;
    const [outcome] = await execute(kit.execution, vault, [{ key, command, cause }], async (tx) => {
      version = await lockVersion(tx, key);
      ifMatch?.(version);
    });
    if (outcome === undefined || ('refused' in outcome && outcome.refused === 'already-done')) return version;
    const { events } = orThrow(outcome, 'buyer.refused', { order: order.id });
    return events.findLast(({ aggregateId }) => aggregateId === key)?.aggregateVersion ?? version;
  };

  return [
    route({
      method: 'put',
      path: '/orders/:orderId/address',
      access: { needs: ['operate', 'see-buyer-data'], store },
      auditsReason: false,
      summary: 'Where the order really goes: replaces the address that Amazon gave, and keeps that one beside it',
      description: "Checked for its country. What waited outside for it comes in. `If-Match` takes the ETag of the order's buyer.",
      tags: ['buyers'],
      params: orderReference,
      query: inTenant,
      body: z.strictObject({ recipient: Address, reason }),
      responses: { 200: z.object({ orderId: z.uuid(), version: z.int() }) },
      handle: async (input) => {
        const { params, query, headers, body } = input;
        const recipient = tidied(body.recipient);
        const errors = addressIssues(recipient).map((issue) => ({ ...issue, field: `recipient.${issue.field}` }));
        if (errors.length > 0) throw invalidRequest(errors);
        const order = await findOrder(kit.database, params.orderId, query.tenant);
        const { id: orderId, number, amazonOrderId } = order;
        if (number === null && !waitsOutside(order))
          throw new AppError('conflict', 'order.not-an-order', { why: 'Amazon still holds it back, or canceled it before' });
        const command: VaultCommand = {
          ...{ type: 'correct-address', recipient, reason: body.reason },
          order: number === null ? null : { number, amazonOrderId },
          ...{ by: signatureOf(input), at: now() },
        };
        const version = await change(order, command, (current) => checkIfMatch(headers, current));
        return response(200, { orderId, version }, { etag: etagOf(version) });
      },
    }),
    route({
      method: 'put',
      path: '/orders/:orderId/legal-hold',
      access: { needs: ['administer', 'see-buyer-data'], store },
      summary: 'Keeps the buyer beyond his time, until a day and for a reason',
      description: 'The reason is shown in the report: no buyer data in it. A later hold replaces an earlier one.',
      tags: ['buyers'],
      params: orderReference,
      query: inTenant,
      body: z.strictObject({ reason, until: z.iso.datetime({ offset: true }) }),
      responses: { 200: LegalHoldView },
      handle: async (input) => {
        const { params, query, body } = input;
        const since = now();
        const until = new Date(body.until).toISOString();
        if (until <= since) throw invalidRequest([{ field: 'until', message: 'Invalid: it is over already', code: 'hold.over-already' }]);
        const hold = { reason: body.reason, by: actorOf(input).name, since, until };
        await change(await findOrder(kit.database, params.orderId, query.tenant), { type: 'hold', hold, by: signatureOf(input) });
        return hold;
      },
    }),
    route({
      method: 'delete',
      path: '/orders/:orderId/legal-hold',
      access: { needs: ['administer', 'see-buyer-data'], store },
      summary: 'Ends the hold: the buyer is purged when his time is up',
      tags: ['buyers'],
      params: orderReference,
      query: inTenant,
      responses: { 204: noContent },
      handle: async (input) => {
        const { params, query } = input;
        const order = await findOrder(kit.database, params.orderId, query.tenant);
        await change(order, { type: 'release', by: signatureOf(input), at: now() });
      },
    }),
    route({
      method: 'post',
      path: '/orders/:orderId/buyer/purge',
      access: { needs: ['administer', 'see-buyer-data'], store },
      summary: 'Forgets the buyer now: somebody has asked for it who has the right to',
      tags: ['buyers'],
      params: orderReference,
      query: inTenant,
      body: z.strictObject({ reason: z.literal('erasure-request') }),
      responses: { 204: noContent },
      handle: async (input) => {
        const { params, query, body } = input;
        const order = await findOrder(kit.database, params.orderId, query.tenant);
        await change(order, { type: 'purge', reason: body.reason, by: signatureOf(input), at: now() });
      },
    }),
  ];
};
