import type { Database, KeptSettings, StoreSettings } from '@orderbus/outbox';
import type { z } from 'zod';
import { named } from '../access/rule.ts';
import { checkIfMatch, etagOf } from './precondition.ts';
import { HttpError } from './problem.ts';
import { response } from './reply.ts';
import { type Route, route } from './route.ts';
import { storeParams } from './store-id.ts';

export interface StoreSettingsRoutes<Settings extends object> {
  /** `/billing-settings` */
  readonly path: `/${string}`;
  readonly tag: string;
  readonly get: { readonly summary: string };
  readonly put: { readonly summary: string; readonly description?: string };
  readonly schema: z.ZodObject & z.ZodType<Settings>;
  readonly usual: Settings;
  readonly kept: StoreSettings<Settings>;
  /** @throws AppError that names what cannot be settled. */
  readonly check?: (settings: Settings) => Promise<void>;
  /** What else follows from other settings; by default they are only kept. */
  readonly replace?: (database: Database, tenant: string, seen: KeptSettings<Settings>) => Promise<KeptSettings<Settings> | undefined>;
}

/** `GET` and `PUT <path>/:tenant`, with an ETag. They are replaced as a whole; what is left out becomes what is usual. */
export const storeSettingsRoutes = <Settings extends object>(
  database: Database,
  { path, tag, get, put, schema, usual, kept, check, replace = kept.replace }: StoreSettingsRoutes<Settings>,
): Route[] => {
  const shape: z.ZodObject = schema;
  const common = { path: `${path}/:tenant`, tags: [tag], params: storeParams, responses: { 200: shape } } as const;
  const answer = ({ settings, version }: KeptSettings<Settings>) =>
    response(200, { ...(settings as Record<string, unknown>) }, { etag: etagOf(version) });
  return [
    route({
      ...common,
      ...get,
      method: 'get',
      access: { needs: 'read', store: named('tenant') },
      handle: async ({ params }) => answer(await kept.of(database, params.tenant)),
    }),
    route({
      ...common,
      ...put,
      method: 'put',
      access: { needs: 'administer', store: named('tenant') },
      body: shape.partial(),
      handle: async ({ params, headers, body }) => {
        const settings = { ...usual, ...(body as Partial<Settings>) };
        await check?.(settings);
        const { version } = await kept.of(database, params.tenant);
        checkIfMatch(headers, version);
        const after = await replace(database, params.tenant, { settings, version });
        if (after === undefined) throw new HttpError(412, 'precondition.failed', 'It has changed since');
        return answer(after);
      },
    }),
  ];
};
