import {
  type AuthenticateByHeaders,
  authenticateWith,
  buildService,
  type Route,
  type Service,
  type ServiceKit,
  type Surroundings,
  tokenReader,
  unauthenticated,
} from '@orderbus/service-kit';
import { type AccessConfig, type AccessSettings, settingsOf } from './config.ts';
import { apiKeyRoutes } from './http/api-key-routes.ts';
import { keyFormRoutes } from './http/key-form-routes.ts';
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
export { signingAt } from './domain/signing-key.ts';
export { migrations } from './store/migrations.ts';
export { sealedColumns } from './store/sealed-columns.ts';
export { signingKeys } from './store/signing-keys.ts';

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
  const show = surroundings.show ?? ((text) => void process.stdout.write(text));
  let grown: AccessKit | undefined;
  const grow = (kit: ServiceKit): AccessKit => {
    grown ??= accessKit(kit, settings, config);
    return grown;
  };
  const service: Service = buildService(
    {
      ...{ name, schema, migrations, subscriptions },
      description: 'People, sessions, API keys, and the tokens by which all services know who is calling.',
      entities: [PersonEntity as never],
      authenticate: (kit) => authenticateHere(grow(kit)),
      routes: (kit) => routesOf(grow(kit), config),
      keys: config,
      jobs: (kit) => {
        const access = grow(kit);
        measureAccess(kit, settings.times.idleMs);
        return [
          rotation(access, config.ORDERBUS_KEYS, config.TOKEN_KEYS_EVERY),
          purge(access),
          access.usedKeys.writer,
          firstLink(access, show),
        ];
      },
    },
    config,
    surroundings,
  );
  return service;
};

const accessKit = (kit: ServiceKit, settings: AccessSettings, config: AccessConfig): AccessKit => ({
  ...kit,
  settings,
  hashing: hashing(config.PASSWORD_MEMORY_MIB),
  authenticator: authenticator(config.ORDERBUS_KEYS, kit.clock),
  tokens: tokenMaker(kit.database, config.ORDERBUS_KEYS, kit.clock),
  usedKeys: usedKeys(kit.database, kit.clock, kit.log),
  signIns: countSignIns(kit),
});

const routesOf = (kit: AccessKit, { SERVICE_SECRETS: serviceSecrets }: AccessConfig): Route[] => {
  const authenticate = authenticateHere(kit);
  const { oidc } = kit.settings;
  return [
    ...pageRoutes(kit),
    ...signInRoutes(kit),
    ...keyFormRoutes(kit),
    ...(oidc === undefined ? [] : oidcRoutes(kit, { settings: oidc, provider: oidcProvider(oidc) })),
    ...tokenRoutes(kit, {
      serviceSecrets,
      isService: async (headers) => headers.authorization !== undefined && (await authenticate(headers)).kind === 'service',
    }),
    ...peopleRoutes(kit),
    ...wayInRoutes(kit),
    ...apiKeyRoutes(kit),
    ...reviewRoutes(kit),
  ];
};

/** Our own tokens and keys need no way round through HTTP. */
const authenticateHere = ({ database, clock, tokens, usedKeys: used }: AccessKit): AuthenticateByHeaders =>
  authenticateWith(tokenReader(tokens.keys, name), async (key) => {
    const holder = await holderOfKey(database, clock, used, key);
    if (holder === undefined) throw unauthenticated('This API key is not valid: unknown, expired or revoked');
    return { ...holder, kind: 'key', id: holder.sub };
  });
