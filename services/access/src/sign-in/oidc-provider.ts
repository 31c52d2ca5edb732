import { AppError } from '@orderbus/kernel';
import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientError,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  fetchUserInfo,
  None,
  ResponseBodyError,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import type { OidcSettings } from '../config.ts';

/** What the provider says of somebody. */
export type Claims = Readonly<Record<string, unknown>> & { readonly iss: string; readonly sub: string };

/** What one visit to the provider has to come back with. */
interface Departure {
  readonly url: string;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export interface OidcProvider {
  depart(redirectUri: string): Promise<Departure>;
  /** @throws AppError `oidc.refused`: what came back does not fit, or says no; `oidc.away` */
  arrive(callbackUrl: URL, expected: Pick<Departure, 'state' | 'nonce' | 'verifier'>): Promise<Claims>;
}

const timeoutSeconds = 5;

/** Speaks with the provider: code flow with PKCE. It is asked about itself when the first person comes, so that it may be away before. */
export const oidcProvider = ({ issuer, clientId, clientSecret }: OidcSettings): OidcProvider => {
  let known: Promise<Configuration> | undefined;
  const configuration = (): Promise<Configuration> => {
    known ??= discovery(new URL(issuer), clientId, clientSecret, clientSecret === undefined ? None() : undefined, {
      timeout: timeoutSeconds,
      // Only on this machine: the configuration allows it nowhere else.
      execute: new URL(issuer).protocol === 'http:' ? [allowInsecureRequests] : [],
    });
    known.catch(() => {
      known = undefined;
    });
    return known;
  };

  return {
    depart: async (redirectUri) => {
      const config = await configuration().catch(away);
      const [state, nonce, verifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()];
      const url = buildAuthorizationUrl(config, {
        ...{ redirect_uri: redirectUri, scope: 'openid email profile', state, nonce, code_challenge_method: 'S256' },
        code_challenge: await calculatePKCECodeChallenge(verifier),
      });
      return { url: url.href, state, nonce, verifier };
    },
    arrive: async (callbackUrl, { state, nonce, verifier }) => {
      const config = await configuration().catch(away);
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier };
      const tokens = await authorizationCodeGrant(config, callbackUrl, checks).catch(refusedOrAway);
      const claims = tokens.claims();
      if (claims === undefined) throw refused(undefined);
      if (config.serverMetadata().userinfo_endpoint === undefined) return claims;
      const more = await fetchUserInfo(config, tokens.access_token, claims.sub).catch(refusedOrAway);
      return { ...more, ...claims };
    },
  };
};

const refused = (cause: unknown): AppError => new AppError('conflict', 'oidc.refused', {}, { cause });

const away = (cause: unknown): never => {
  throw new AppError('unavailable', 'oidc.away', { why: 'The OpenID provider does not answer' }, { cause });
};

/** Whoever says no has answered; so has an answer that does not fit. */
const refusedOrAway = (error: unknown): never => {
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) throw refused(error);
  if (error instanceof ClientError && error.code !== 'OAUTH_TIMEOUT') throw refused(error);
  return away(error);
};
