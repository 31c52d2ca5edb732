import { randomUUID } from 'node:crypto';
import type { Clock } from '@orderbus/kernel';
import { AppError } from '@orderbus/kernel';
import type { Database } from '@orderbus/outbox';
import { issuer, type KeyRing, type Permission, tokenAlgorithm } from '@orderbus/service-kit';
import { type CryptoKey, createLocalJWKSet, importJWK, type JSONWebKeySet, type JWK, type JWTVerifyGetKey, SignJWT } from 'jose';
import type { Audience } from '../domain/grants.ts';
import type { Stores } from '../domain/person.ts';
import { shownAt, signingAt, tokenLifeMs } from '../domain/signing-key.ts';
import { type KeptSigningKey, signingKeyContextOf, signingKeys } from '../store/signing-keys.ts';

/** Whom a token speaks for, and what it lets him do. */
export interface Holder {
  readonly sub: string;
  readonly name: string;
  readonly permissions: readonly Permission[];
  readonly stores: Stores;
}

interface Issued {
  readonly token: string;
  readonly expiresAt: string;
}

export interface TokenMaker {
  make(holder: Holder, audience: Audience): Promise<Issued>;
  /** The public halves of all keys whose tokens may still live, and of the next one. */
  shown(): Promise<JSONWebKeySet>;
  /** For tokens that come back to us. */
  readonly keys: JWTVerifyGetKey;
}

/** Replicas agree on the keys within this time: far less than a new one is shown before it signs. */
const knownMs = 5_000;

export const tokenMaker = (database: Database, ring: KeyRing, clock: Clock): TokenMaker => {
  const privateKeys = new Map<string, Promise<CryptoKey>>();
  let known: { readonly at: number; readonly keys: Promise<readonly KeptSigningKey[]> } | undefined;

  const keysNow = (): Promise<readonly KeptSigningKey[]> => {
    const at = clock.now().getTime();
    if (known === undefined || Math.abs(at - known.at) > knownMs) {
      const keys = signingKeys(database);
      known = { at, keys };
      keys.catch(() => {
        known = undefined;
      });
    }
    return known.keys;
  };

  const privateKeyOf = ({ id, sealed }: KeptSigningKey): Promise<CryptoKey> => {
    const opened =
      privateKeys.get(id) ?? (importJWK(ring.open(sealed, signingKeyContextOf(id)) as JWK, tokenAlgorithm) as Promise<CryptoKey>);
    privateKeys.set(id, opened);
    return opened;
  };

  const shown = async (): Promise<JSONWebKeySet> => ({ keys: shownAt(await keysNow(), clock.now()).map(({ publicKey }) => publicKey) });

  return {
    shown,
    keys: async (header, token) => createLocalJWKSet(await shown())(header, token),
    make: async ({ sub, name, permissions, stores }, audience) => {
      const now = clock.now();
      const key = signingAt(await keysNow(), now);
      if (key === undefined) throw new AppError('unavailable', 'token.no-key');
      const expiresAt = new Date(now.getTime() + tokenLifeMs);
      const token = await new SignJWT({ name, permissions, stores })
        .setProtectedHeader({ alg: tokenAlgorithm, kid: key.id, typ: 'JWT' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(sub)
        .setJti(randomUUID())
        .setIssuedAt(now)
        .setExpirationTime(expiresAt)
        .sign(await privateKeyOf(key));
      return { token, expiresAt: expiresAt.toISOString() };
    },
  };
};
