import { HttpError, noContent, type Route, route, unauthenticated } from '@orderbus/service-kit';
import { z } from 'zod';
import { audiences, grantOf } from '../domain/grants.ts';
import { notSignedIn } from '../sign-in/refusals.ts';
import { signOut } from '../sign-in/sign-out.ts';
import type { AccessKit } from '../surroundings.ts';
import { holderOfKey, holderOfPerson, isSecretOf } from '../tokens/holders.ts';
import { checkForm, visitorOf } from './browser.ts';

const Token = z.object({ token: z.string(), expiresAt: z.iso.datetime() });
const Audience = z.enum(audiences).describe('The service that the token is for; no other takes it');

/** Services ask all day long, and share an address. The secrets that they show cannot be guessed. */
const perMinute = 3_000;
const shared = { access: 'public', secret: true, perMinute, tags: ['tokens'] } as const;

export interface TokenRoutesOptions {
  readonly serviceSecrets: ReadonlyMap<string, string>;
  /** Is this a service that shows the session of one of its visitors? It answers for where the request came from. */
  readonly isService: (headers: { readonly authorization?: string | undefined }) => Promise<boolean>;
}

/** Tokens of five minutes, each for one service, in exchange for something that lasts. */
export const tokenRoutes = (kit: AccessKit, { serviceSecrets, isService }: TokenRoutesOptions): Route[] => [
  route({
    ...{ method: 'get', path: '/.well-known/jwks.json', access: 'public', perMinute, tags: ['tokens'] },
    summary: 'The keys that tokens are checked with',
    responses: { 200: z.object({ keys: z.array(z.looseObject({ kid: z.string(), kty: z.string(), alg: z.string(), use: z.string() })) }) },
    handle: async () => ({ keys: (await kit.tokens.shown()).keys as { kid: string; kty: string; alg: string; use: string }[] }),
  }),
  route({
    ...{ method: 'post', path: '/tokens/key', ...shared, summary: 'For an API key' },
    body: z.strictObject({ key: z.string().max(200), audience: Audience }),
    responses: { 200: Token },
    handle: async ({ body: { key, audience } }) => {
      const holder = await holderOfKey(kit.database, kit.clock, kit.usedKeys, key);
      if (holder === undefined) throw unauthenticated('This API key is not valid: unknown, expired or revoked');
      return kit.tokens.make(holder, audience);
    },
  }),
  route({
    ...{ method: 'post', path: '/tokens/service', ...shared, summary: 'For a service, with its secret' },
    body: z.strictObject({ service: z.string().max(40), secret: z.string().max(200), audience: Audience }),
    responses: { 200: Token },
    handle: async ({ body: { service, secret, audience } }) => {
      if (!isSecretOf(serviceSecrets, service, secret)) throw unauthenticated('This is not the secret of that service');
      const permissions = grantOf(service, audience);
      if (permissions === undefined) throw new HttpError(403, 'access.no-grant', `${service} has nothing to ask of ${audience}`);
      return kit.tokens.make({ sub: `service:${service}`, name: service, permissions, stores: '*' }, audience);
    },
  }),
  route({
    ...{ method: 'post', path: '/tokens/session', ...shared },
    summary: 'For whoever is signed in in this browser. A service sends its own token, and the cookie of its visitor',
    body: z.strictObject({
      audience: Audience,
      touch: z.boolean().default(true).describe('false: asked by a page that nobody is at. The session ends as if it had not been asked'),
    }),
    responses: { 200: Token },
    handle: async (input) => {
      if (!(await isService(input.headers))) checkForm(input.headers, kit.settings.publicUrl());
      const { signedIn } = await visitorOf(kit, input, input.body.touch);
      if (signedIn?.session.stage !== 'open') throw notSignedIn();
      return kit.tokens.make(holderOfPerson(signedIn.person), input.body.audience);
    },
  }),
  route({
    ...{ method: 'post', path: '/tokens/session/end', ...shared },
    summary: 'Signs somebody out. For a service, which sends its own token, and the cookie of its visitor',
    responses: { 204: noContent },
    handle: async (input) => {
      if (!(await isService(input.headers))) throw unauthenticated();
      const visitor = await visitorOf(kit, input);
      if (visitor.signedIn) await signOut(kit, visitor, visitor.signedIn);
    },
  }),
];
