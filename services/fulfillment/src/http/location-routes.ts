import { decodeCursor, noContent, pageOf, pageQuery, type Route, response, route, type ServiceKit, toPage } from '@orderbus/service-kit';
import { z } from 'zod';
import { listLocations, removeLocation, upsertLocations } from '../store/locations.ts';
import { LocationCode, onceEach } from './sku.ts';

const priority = z.int().min(0).max(1_000_000);

const LocationView = z.object({
  code: z.string(),
  name: z.string(),
  priority: z.int().describe('Units are taken from the lowest first'),
  enabled: z.boolean(),
  units: z.int().describe('On hand there, of all products'),
});

const LocationChange = z.strictObject({
  code: LocationCode,
  name: z.string().trim().min(1).max(100).optional(),
  priority: priority.optional().describe('Absent: as it is; a new location comes last'),
  enabled: z.boolean().optional().describe('False: what is there is set aside for no order from now on'),
});

const Position = z.object({ priority: z.int(), code: z.string() });

export const locationRoutes = ({ database }: ServiceKit): Route[] => [
  route({
    method: 'get',
    path: '/locations',
    access: { needs: 'read', store: 'shared' },
    summary: 'Where units lie, the location to take from first before the others',
    tags: ['locations'],
    query: pageQuery,
    responses: { 200: pageOf(LocationView) },
    handle: async ({ query: { limit, cursor } }) => {
      const after = cursor === undefined ? undefined : decodeCursor(cursor, Position);
      return toPage(await listLocations(database, after, limit + 1), limit, ({ priority, code }) => ({ priority, code }));
    },
  }),
  route({
    method: 'put',
    path: '/locations',
    access: { needs: 'administer', store: 'all' },
    summary: 'Creates or changes up to 100 locations',
    description: 'What is not said stays as it is. Orders that wait find the units of a location that is enabled within a second.',
    tags: ['locations'],
    body: onceEach(LocationChange, 'code', ({ code }) => code, 100),
    responses: { 204: noContent },
    handle: async ({ body }) => {
      await database.transaction((tx) => upsertLocations(tx, body));
      return response(204);
    },
  }),
  route({
    method: 'delete',
    path: '/locations/:code',
    access: { needs: 'administer', store: 'all' },
    summary: 'Removes a location where no units are',
    description: 'One that holds units can only be disabled. The main location stays.',
    tags: ['locations'],
    params: z.object({ code: LocationCode }),
    responses: { 204: noContent },
    handle: async ({ params: { code } }) => {
      await database.transaction((tx) => removeLocation(tx, code));
      return response(204);
    },
  }),
];
