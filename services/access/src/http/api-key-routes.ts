import { decodeCursor, pageOf, pageQuery, type Route, route, StoreId, toPage } from '@orderbus/service-kit';
import { z } from 'zod';
import { type ApiKey, keyPermissions } from '../domain/api-key.ts';
import { listApiKeys } from '../store/api-keys.ts';
import type { AccessKit } from '../surroundings.ts';
import { managerOf } from './manage.ts';
import { KeyPermission, makeKey, revokeKey } from './manage-keys.ts';
import { manageAccess } from './people-routes.ts';
import { PersonName, Reason, StoresView } from './words.ts';

const ApiKeyView = z.object({
  id: z.string(),
  name: z.string(),
  makerId: z.uuid(),
  permissions: z.array(KeyPermission),
  stores: z.union([z.literal('*'), z.array(StoreId)]),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable().describe('To half a minute'),
  revokedAt: z.iso.datetime().nullable(),
  revokedBy: z.string().nullable(),
});

/** Keys for the seller's own programs. */
export const apiKeyRoutes = (kit: AccessKit): Route[] => [
  route({
    ...{
      method: 'get',
      path: '/api-keys',
      access: manageAccess,
      summary: 'API keys, the youngest first; never their secrets',
      tags: ['api-keys'],
    },
    query: pageQuery,
    responses: { 200: pageOf(ApiKeyView) },
    handle: async ({ query: { cursor, limit } }) => {
      const before = cursor === undefined ? undefined : decodeCursor(cursor, z.object({ createdAt: z.iso.datetime(), id: z.string() }));
      const keys = await listApiKeys(kit.database, { before, limit: limit + 1 });
      return toPage(keys.map(viewOf), limit, ({ createdAt, id }) => ({ createdAt, id }));
    },
  }),
  route({
    ...{ method: 'post', path: '/api-keys', access: manageAccess, secret: true, summary: 'Makes a key', tags: ['api-keys'] },
    body: z.strictObject({
      name: PersonName,
      permissions: z.array(KeyPermission).min(1),
      stores: StoresView,
      expiresAt: z.iso.datetime().describe('At most a year from now'),
    }),
    responses: { 201: z.object({ apiKey: ApiKeyView, key: z.string().describe('Shown now and never again') }) },
    handle: async ({ caller, body }) => {
      const { apiKey, key } = await makeKey(kit, await managerOf(kit, caller), body);
      return { apiKey: viewOf(apiKey), key };
    },
  }),
  route({
    ...{ method: 'post', path: '/api-keys/:keyId/revoke', access: manageAccess, tags: ['api-keys'] },
    summary: 'Makes a key worthless, for good. Services that have just seen it take it for 15 more seconds',
    params: z.object({ keyId: z.string().max(40) }),
    body: z.strictObject({ reason: Reason }),
    responses: { 200: ApiKeyView },
    handle: async ({ caller, params: { keyId } }) => viewOf(await revokeKey(kit, await managerOf(kit, caller), keyId)),
  }),
];

const viewOf = ({ id, name, makerId, permissions, stores, ...times }: ApiKey): z.output<typeof ApiKeyView> => {
  const { createdAt, expiresAt, lastUsedAt, revokedAt, revokedBy } = times;
  return {
    ...{ id, name, makerId, createdAt, expiresAt, lastUsedAt, revokedAt, revokedBy },
    permissions: keyPermissions.filter((permission) => permissions.includes(permission)),
    stores: stores === '*' ? stores : [...stores],
  };
};
