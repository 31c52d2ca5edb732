import { AmazonWriteKind } from '@orderbus/contracts';
import { AppError, newId } from '@orderbus/kernel';
import { type Database, execute, orThrow, type Target } from '@orderbus/outbox';
import {
  actorOf,
  type Caller,
  context,
  decodeCursor,
  demand,
  pageOf,
  pageQuery,
  type Route,
  route,
  type ServiceKit,
  toPage,
  withinStores,
} from '@orderbus/service-kit';
import { z } from 'zod';
import type { Step } from '../domain/command.ts';
import { commandStates } from '../domain/lifecycle.ts';
import { findCommand, listCommands, type StandingCommand } from '../store/command-list.ts';
import { CommandSummary, CommandView, summaryOf, viewOf } from './command-view.ts';

const params = z.object({ id: z.uuid() });

/** The ledger of writes to Amazon. */
export const commandRoutes = ({ database, execution, clock }: ServiceKit, ledger: Target<Step>): Route[] => {
  /** A person's step. What it finds done already is no mistake. */
  const take = async (id: string, caller: Caller, step: Step): Promise<CommandView> => {
    const command = await knownCommand(database, id);
    if (command.kind === 'refund') demand(caller, 'refund');
    const correlationId = context().correlationId ?? newId();
    const cause = { tenant: command.tenant, correlationId };
    const [outcome] = await execute(execution, ledger, [{ key: id, command: step, cause }]);
    if (outcome && !('refused' in outcome && outcome.refused === 'already-done'))
      orThrow(outcome, `command.cannot-${step.type}`, { id, state: command.state });
    return viewOf(await knownCommand(database, id), clock.now());
  };

  const store = async ({ params: { id } }: { readonly params: z.output<typeof params> }) => (await findCommand(database, id))?.tenant;

  return [
    route({
      method: 'get',
      path: '/commands',
      access: { needs: 'read', store: 'filtered' },
      summary: 'What Amazon was asked to do, last asked first, and what came of it',
      tags: ['commands'],
      query: pageQuery.extend({
        storeId: z.string().max(40).optional(),
        orderId: z.uuid().optional(),
        amazonOrderId: z.string().max(64).optional(),
        kind: AmazonWriteKind.optional(),
        state: z.enum(commandStates).optional(),
        feedId: z.uuid().optional(),
      }),
      responses: { 200: pageOf(CommandSummary) },
      handle: async ({ caller, query: { cursor, limit, storeId, ...filter } }) => {
        const storeIds = withinStores(caller, storeId === undefined ? undefined : [storeId]);
        const before = cursor === undefined ? undefined : decodeCursor(cursor, z.object({ at: z.iso.datetime(), id: z.uuid() }));
        const commands = await listCommands(database, { ...filter, storeIds, before, limit: limit + 1 });
        const now = clock.now();
        return toPage(
          commands.map((command) => summaryOf(command, now)),
          limit,
          ({ requestedAt: at, id }) => ({ at, id }),
        );
      },
    }),
    route({
      method: 'get',
      path: '/commands/:id',
      access: { needs: 'read', store },
      summary: 'Everything about one of them: request, answer, what reading back showed, why it waits',
      tags: ['commands'],
      params,
      responses: { 200: CommandView },
      handle: async ({ params: { id } }) => viewOf(await knownCommand(database, id), clock.now()),
    }),
    route({
      method: 'post',
      path: '/commands/:id/retry',
      access: { needs: 'operate', mayNeed: 'refund', store },
      summary: 'Sends it now: one that has failed, that is uncertain, or that waits',
      description:
        'A refund whose outcome is uncertain may be paid twice: look in Seller Central first. What is done, or under way, is not sent again.',
      tags: ['commands'],
      params,
      responses: { 200: CommandView },
      handle: ({ params: { id }, caller }) => take(id, caller, { type: 'resend', by: actorOf({ caller }).name }),
    }),
    route({
      method: 'post',
      path: '/commands/:id/read-back',
      access: { needs: 'operate', mayNeed: 'refund', store },
      summary: 'Looks at Amazon now for what came of one of which nobody knows',
      description:
        'At the order, or in the books for a refund. What it shows counts as with every other look; nothing is sent that Amazon may have.',
      tags: ['commands'],
      params,
      responses: { 200: CommandView },
      handle: ({ params: { id }, caller }) => take(id, caller, { type: 'look' }),
    }),
    route({
      method: 'post',
      path: '/commands/:id/settle',
      access: { needs: 'operate', mayNeed: 'refund', store },
      summary: 'Decides by hand what came of it; Amazon is not asked',
      tags: ['commands'],
      params,
      body: z.strictObject({
        as: z.enum(['done', 'failed']),
        note: z.string().trim().min(1).max(1_000).describe('Why: it stays on record'),
      }),
      responses: { 200: CommandView },
      handle: ({ params: { id }, body, caller }) => take(id, caller, { type: 'settle', by: actorOf({ caller }).name, ...body }),
    }),
  ];
};

const knownCommand = async (database: Database, id: string): Promise<StandingCommand> => {
  const command = await findCommand(database, id);
  if (!command) throw new AppError('not-found', 'command.unknown', { id });
  return command;
};
