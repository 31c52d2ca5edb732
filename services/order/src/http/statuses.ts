import { noContent, type Route, response, route, type ServiceKit, said } from '@orderbus/service-kit';
import { z } from 'zod';
import { addStatus, changeStatus, listStatuses, removeStatus } from '../store/statuses.ts';
import { StateSchema } from './views.ts';

const code = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,31}$/, said('status.not-code', 'Expected a letter, then letters, digits or underscores, 32 at most'));
const label = z.string().trim().min(1).max(80);
const Status = z.object({
  code,
  label,
  state: StateSchema,
  isDefault: z.boolean().describe('Orders get it when they come into the state'),
});

/** The labels of the states: each state has a default one; of the others, a person chooses. */
export const statusRoutes = ({ database }: Pick<ServiceKit, 'database'>): Route[] => [
  route({
    method: 'get',
    access: { needs: 'read', store: 'shared' },
    path: '/statuses',
    summary: 'All statuses, by the state that they belong to',
    tags: ['statuses'],
    responses: { 200: z.object({ items: z.array(Status) }) },
    handle: async () => ({ items: await listStatuses(database) }),
  }),
  route({
    method: 'post',
    access: { needs: 'administer', store: 'all' },
    path: '/statuses',
    summary: 'Adds a status to a state',
    tags: ['statuses'],
    body: z.strictObject({ ...Status.shape, isDefault: z.boolean().default(false) }),
    responses: { 201: Status },
    handle: async ({ body }) => {
      await addStatus(database, body);
      return response(201, body);
    },
  }),
  route({
    method: 'put',
    access: { needs: 'administer', store: 'all' },
    path: '/statuses/:code',
    summary: 'Another label, or the default of its state',
    description: 'A state always has a default: it changes by making another status the default.',
    tags: ['statuses'],
    params: z.object({ code }),
    body: z.strictObject({ label, isDefault: z.boolean() }),
    responses: { 204: noContent },
    handle: ({ params, body }) => changeStatus(database, params.code, body),
  }),
  route({
    method: 'delete',
    access: { needs: 'administer', store: 'all' },
    path: '/statuses/:code',
    summary: 'Takes a status away that no order has',
    tags: ['statuses'],
    params: z.object({ code }),
    responses: { 204: noContent },
    handle: ({ params }) => removeStatus(database, params.code),
  }),
];
