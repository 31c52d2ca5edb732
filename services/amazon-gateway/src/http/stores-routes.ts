import { AppError } from '@orderbus/kernel';
import { actorOf, invalidRequest, named, noContent, type Route, response, route, type ServiceKit, storesOf } from '@orderbus/service-kit';
import { z } from 'zod';
import type { SpApiOptions } from '../amazon/sp-api.ts';
import type { AmazonGatewayConfig } from '../config.ts';
import { findings } from '../connection-words.ts';
import { openCredentials } from '../credentials.ts';
import { marketplaces, regions } from '../domain/marketplaces.ts';
import type { StoreManagement } from '../manage-stores.ts';
import { cursorsOf } from '../store/queries.ts';
import { storesIn } from '../store/store.ts';
import type { Stores } from '../stores.ts';
import type { Check, TryConnection } from '../try-connection.ts';
import { CredentialsBody, DeletionBody, NewStoreBody, StoreChangeBody, TrialBody } from './store-bodies.ts';
import { StoreView, viewOf } from './store-view.ts';

export interface StoreRoutesOptions {
  readonly config: AmazonGatewayConfig;
  readonly stores: Stores;
  readonly management: StoreManagement;
  readonly tryConnection: TryConnection;
  readonly budget: NonNullable<SpApiOptions['budget']>;
}

const TrialView = z.object({
  ok: z.boolean(),
  checks: z.array(
    z.object({
      step: z.enum(['login', 'orders', 'marketplaces']),
      ok: z.boolean(),
      finding: z.enum(findings),
      marketplaceId: z.string().optional().describe('The marketplace that it is about, if it is about one'),
      words: z.string(),
    }),
  ),
});

const MarketplaceView = z.object({
  id: z.string(),
  region: z.enum(regions),
  country: z.string().length(2),
  name: z.string(),
  currency: z.string().length(3),
  domain: z.string(),
  timeZone: z.string(),
});

const tags = ['stores'];

export const storesRoutes = (
  kit: ServiceKit,
  { config, stores, management, tryConnection, budget }: StoreRoutesOptions,
): readonly Route[] => {
  const { database, clock } = kit;
  const views = async (ids?: readonly string[]): Promise<StoreView[]> => {
    const kept = await storesIn(database, ids);
    const cursors = new Map(
      (
        await cursorsOf(
          database,
          kept.map(({ id }) => id),
          clock.now(),
        )
      ).map((cursor) => [cursor.storeId, cursor]),
    );
    const surroundings = { defaultCron: config.AMAZON_POLL_CRON, secretLifetimeMs: config.AMAZON_SECRET_LIFETIME, now: clock.now() };
    return kept.map((one) => viewOf({ ...surroundings, kept: one, connected: stores.get(one.id), cursor: cursors.get(one.id) }));
  };
  const view = async (storeId: string): Promise<StoreView> => {
    const [found] = await views([storeId]);
    if (!found) throw unknown(storeId);
    return found;
  };

  return [
    route({
      method: 'get',
      path: '/stores',
      access: { needs: 'read', store: 'filtered' },
      summary: 'The connected seller accounts, and how their synchronization stands',
      tags,
      responses: { 200: z.object({ items: z.array(StoreView) }) },
      handle: async ({ caller }) => ({ items: await views(storesOf(caller)) }),
    }),
    route({
      method: 'get',
      path: '/stores/:storeId',
      access: { needs: 'read', store: named('storeId') },
      summary: 'One store',
      tags,
      responses: { 200: StoreView },
      handle: ({ params }) => view(params.storeId),
    }),
    route({
      method: 'post',
      path: '/stores',
      access: { needs: 'administer', store: 'all' },
      summary: 'Connects a seller account, in one region',
      description: 'Its orders are read from now on. The credentials are sealed and never shown again.',
      tags,
      body: NewStoreBody,
      responses: { 201: StoreView },
      handle: async ({ body: { credentials, ...store } }) => {
        await management.create({ ...store, ...credentials });
        return response(201, await view(store.id));
      },
    }),
    route({
      method: 'patch',
      path: '/stores/:storeId',
      access: { needs: 'administer', store: named('storeId') },
      summary: 'Changes what was decided about a store',
      description: 'What is not named stays. Name and marketplaces of a store from the environment are changed there.',
      tags,
      body: StoreChangeBody,
      responses: { 200: StoreView },
      handle: async ({ params, body }) => {
        await management.change(params.storeId, body);
        return view(params.storeId);
      },
    }),
    route({
      method: 'put',
      path: '/stores/:storeId/credentials',
      access: { needs: 'administer', store: named('storeId') },
      summary: 'Gives a store new credentials',
      tags,
      body: CredentialsBody,
      responses: { 200: StoreView },
      handle: async ({ params, body }) => {
        await management.renewCredentials(params.storeId, body);
        return view(params.storeId);
      },
    }),
    ...(['pause', 'resume'] as const).map((verb) =>
      route({
        method: 'post',
        path: `/stores/:storeId/${verb}`,
        access: { needs: 'administer', store: named('storeId') },
        summary: verb === 'pause' ? 'Asks Amazon for nothing and sends nothing; everything is kept' : 'Goes on where the store was paused',
        description: 'Asking again changes nothing.',
        tags,
        params: z.object({ storeId: z.string() }),
        responses: { 200: StoreView },
        handle: async ({ params }) => {
          await management.setStatus(params.storeId, verb === 'pause' ? 'paused' : 'active');
          return view(params.storeId);
        },
      }),
    ),
    route({
      method: 'delete',
      path: '/stores/:storeId',
      access: { needs: 'administer', store: named('storeId') },
      summary: 'Deletes a store for good',
      description: 'Its credentials and what is known of its orders go; its writes stay on record. Its id cannot be used again.',
      tags,
      body: DeletionBody,
      responses: { 204: noContent },
      handle: async ({ params, body, caller }) => {
        if (body.confirm !== params.storeId)
          throw invalidRequest([
            { field: 'confirm', message: "Expected the store's id: this cannot be undone", code: 'store.not-confirmed' },
          ]);
        await management.remove(params.storeId, { ...body, by: actorOf({ caller }).name });
        return response(204);
      },
    }),
    route({
      method: 'post',
      path: '/stores/:storeId/test',
      access: { needs: 'administer', store: named('storeId') },
      summary: 'Tries the connection of a store, and says what is wrong with it',
      tags,
      responses: { 200: TrialView },
      handle: async ({ params, signal }) => {
        const [kept] = await storesIn(database, [params.storeId]);
        if (!kept) throw unknown(params.storeId);
        const credentials = openCredentials(config.ORDERBUS_KEYS, kept.id, kept.sealedCredentials);
        return trialOf(await tryConnection({ ...kept, credentials, budget }, signal));
      },
    }),
    route({
      method: 'post',
      path: '/stores/test',
      access: { needs: 'administer', store: 'all' },
      summary: 'Tries credentials before anything is saved',
      tags,
      body: TrialBody,
      responses: { 200: TrialView },
      handle: async ({ body, signal }) => trialOf(await tryConnection({ ...body, id: 'trial' }, signal)),
    }),
    route({
      method: 'get',
      path: '/marketplaces',
      access: { needs: 'read', store: 'shared' },
      summary: 'All marketplaces in which a store can sell',
      tags,
      responses: { 200: z.object({ items: z.array(MarketplaceView) }) },
      handle: () => ({ items: [...marketplaces] }),
    }),
  ];
};

const trialOf = (checks: Check[]) => ({ ok: checks.every(({ ok }) => ok), checks });

const unknown = (storeId: string) => new AppError('not-found', 'store.unknown', { storeId });
