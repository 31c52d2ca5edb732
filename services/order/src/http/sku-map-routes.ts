import { AppError } from '@orderbus/kernel';
import {
  decodeCursor,
  named,
  noContent,
  pageOf,
  pageQuery,
  type Route,
  route,
  type ServiceKit,
  storeParams,
  toPage,
} from '@orderbus/service-kit';
import { z } from 'zod';
import { suggestionsFor } from '../domain/sku.ts';
import { knownSkus, listMappings, putMappings, removeMapping, unknownSkus } from '../store/sku-map.ts';
import { csvMappings, Mapping, Mappings } from './mappings.ts';

const Kept = z.object({ mappings: z.int().describe('How many were added or replaced') });

const Unknown = z.object({
  sellerSku: z.string(),
  orders: z.int().describe('How many wait for it'),
  suggestions: z.array(z.object({ sku: z.string(), likeness: z.number() })).describe('The likeliest first; likeness from 0 to 1'),
});

/** More at once would be a list to work on nobody reads. */
const mostUnknown = 100;

/** What a store sells under its own names, and which of our products that is. */
export const skuMapRoutes = ({ database }: Pick<ServiceKit, 'database'>): Route[] => {
  const common = { tags: ['import rules'], params: storeParams } as const;
  return [
    route({
      ...common,
      method: 'get',
      access: { needs: 'read', store: named('tenant') },
      path: '/sku-map/:tenant',
      summary: 'The mappings of a store, by its SKU',
      query: pageQuery,
      responses: { 200: pageOf(Mapping) },
      handle: async ({ params, query: { limit, cursor } }) => {
        const after = cursor === undefined ? undefined : decodeCursor(cursor, Mapping.pick({ sellerSku: true })).sellerSku;
        return toPage(await listMappings(database, params.tenant, after, limit + 1), limit, ({ sellerSku }) => ({ sellerSku }));
      },
    }),
    route({
      ...common,
      method: 'put',
      access: { needs: 'operate', store: named('tenant') },
      path: '/sku-map/:tenant',
      summary: 'Adds and replaces mappings; the others stay',
      description: 'Orders that wait for one of these products are looked at again. The others take it over with their next snapshot.',
      body: z.strictObject({ items: Mappings }),
      responses: { 200: Kept },
      handle: async ({ params, body: { items } }) => {
        await putMappings(database, params.tenant, items);
        return { mappings: items.length };
      },
    }),
    route({
      ...common,
      method: 'post',
      access: { needs: 'operate', store: named('tenant') },
      path: '/sku-map/:tenant/imports',
      summary: 'Adds and replaces mappings from CSV with the columns sellerSku and sku',
      description: 'All of it or nothing: what is wrong is named by its line.',
      body: z.strictObject({ csv: z.string().min(1) }),
      responses: { 200: Kept },
      handle: async ({ params, body: { csv } }) => {
        const mappings = csvMappings(csv);
        await putMappings(database, params.tenant, mappings);
        return { mappings: mappings.length };
      },
    }),
    route({
      ...common,
      method: 'get',
      access: { needs: 'read', store: named('tenant') },
      path: '/sku-map/:tenant/suggestions',
      summary: 'SKUs that orders wait for and that no product has, each with products that may be meant',
      responses: { 200: z.object({ items: z.array(Unknown).max(mostUnknown) }) },
      handle: async ({ params: { tenant } }) => {
        const [unknown, known] = await Promise.all([unknownSkus(database, tenant, mostUnknown), knownSkus(database, tenant)]);
        return { items: unknown.map((wanted) => ({ ...wanted, suggestions: suggestionsFor(wanted.sellerSku, known) })) };
      },
    }),
    route({
      tags: ['import rules'],
      method: 'delete',
      access: { needs: 'operate', store: named('tenant') },
      path: '/sku-map/:tenant/:sellerSku',
      summary: 'Takes a mapping away',
      params: storeParams.extend({ sellerSku: z.string().min(1).max(100) }),
      responses: { 204: noContent },
      handle: async ({ params: { tenant, sellerSku } }) => {
        if (!(await removeMapping(database, tenant, sellerSku))) throw new AppError('not-found', 'sku-map.unknown', { sellerSku });
      },
    }),
  ];
};
