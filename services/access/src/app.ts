import {
  authenticateWith,
  buildService,
  type Caller,
  type Service,
  type Surroundings,
  tokenReader,
  unauthenticated,
} from '@orderbus/service-kit';
import { type AccessConfig, settingsOf } from './config.ts';
import { apiKeyRoutes } from './http/api-key-routes.ts';
import { oidcRoutes } from './http/oidc-routes.ts';
import { pageRoutes } from './http/page-routes.ts';
import { peopleRoutes } from './http/people-routes.ts';
import { reviewRoutes } from './http/review-routes.ts';
import { signInRoutes } from './http/sign-in-routes.ts';
import { tokenRoutes } from './http/token-routes.ts';
import { wayInRoutes } from './http/way-in-routes.ts';
import { firstLink } from './jobs/first-link.ts';
import { purge, rotation } from './jobs/keep-house.ts';
import { countSignIns, measureAccess } from './metrics/measure.ts';
import { hashing } from './secrets/password-hash.ts';
import { authenticator } from './secrets/totp.ts';
import { oidcProvider } from './sign-in/oidc-provider.ts';
import { migrations } from './store/migrations.ts';
import { PersonEntity } from './store/people.ts';
import type { AccessKit } from './surroundings.ts';
import { holderOfKey } from './tokens/holders.ts';
import { tokenMaker } from './tokens/token-maker.ts';
import { usedKeys } from './tokens/used-keys.ts';

export { AccessConfig } from './config.ts';

export const name = 'access';

/** Its schema in the database; the role is `orderbus_<schema>`. */
export const schema = 'access';

/** It hears of nothing: who is let in follows from no order. */
export const subscriptions = [] as const;

export interface AccessSurroundings extends Surroundings {
  /** Shows the link of the first start. Default: on the terminal. */
  readonly show?: (text: string) => void;
}

/** Knows the staff and the seller's programs, and tells all other services who is calling. */
export const buildAccessApp = (config: AccessConfig, surroundings: AccessSurroundings = {}): Service => {
  const settings = settingsOf(config, () => service.url);
  let built: AccessKit | undefined;
  const service: Service = buildService(
    {
      ...{ name, schema, migrations, subscriptions },
      description: 'People, sessions, API keys, and the tokens by which all services know who is calling.',
      entities: [PersonEntity as never],
      authenticate: (kit) => {
        const { tokens, usedKeys: used } = kitOf(kit);
        const known = (holder: Awaited<ReturnType<typeof holderOfKey>>): Caller => {
          if (holder === undefined) throw unauthenticated('This API key is not valid: unknown, expired or revoked');
          return { kind: 'key', id: holder.sub, ...holder };
        };
        return authenticateWith(tokenReader(tokens.keys, name), async (key) =>
          known(await holderOfKey(kit.database, kit.clock, used, key)),
        );
      },
      routes: (kit) => [],
    },
    config,
    surroundings,
  );
  return service;
};
