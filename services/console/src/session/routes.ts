import { noContent, permissionNames, type Route, response, route } from '@orderbus/service-kit';
import { z } from 'zod';
import type { ConsoleKit } from '../surroundings.ts';
import { clearCookie } from './cookie.ts';

/** Somebody who was shut out finds out within this time. */
const freshMs = 15_000;

const Session = z.object({
  person: z.object({ id: z.string(), name: z.string() }),
  permissions: z.array(z.enum(permissionNames)),
  stores: z.union([z.literal('*'), z.array(z.string())]).describe('Whose orders he gets to see; `*`: of all stores'),
  accessUrl: z.url().describe('Where he finds his account, and whoever manages access the people and keys'),
  sandboxUrl: z.url().optional().describe('Only where a sandbox stands for Amazon'),
});

/** Who is here, for pages. */
export const sessionRoutes = ({ door, visitors, config }: ConsoleKit): Route[] => [
  route({
    ...{ method: 'get', path: '/api/session', access: { needs: 'read', store: 'shared' }, tags: ['session'] },
    summary: 'Who is signed in in this browser, and what he may',
    description: 'Not signed in: 401, and `x-sign-in` says where that is done. With `x-orderbus-visitor: away` it keeps no session alive.',
    responses: { 200: Session },
    handle: async ({ headers, address, caller }) => {
      const { id, name, permissions, stores } =
        headers.authorization === undefined ? await door.callerOf(door.visitOf(headers, { method: 'GET', address }), freshMs) : caller;
      const { ACCESS_PUBLIC_URL: accessUrl, SANDBOX_URL: sandboxUrl } = config;
      return { person: { id, name }, permissions: [...permissions], stores, accessUrl, ...(sandboxUrl ? { sandboxUrl } : {}) };
    },
  }),
  route({
    ...{ method: 'post', path: '/api/session/end', access: { needs: 'read', store: 'shared' }, tags: ['session'] },
    summary: 'Signs out',
    responses: { 204: noContent },
    handle: async ({ headers, address }) => {
      await visitors.signOut(door.visitOf(headers, { method: 'POST', address }));
      return response(204, undefined, { 'set-cookie': clearCookie(config.ACCESS_PUBLIC_URL) });
    },
  }),
];
