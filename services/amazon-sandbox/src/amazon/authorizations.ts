import { randomUUID } from 'node:crypto';
import type { Clock } from '@orderbus/kernel';
import type { Seller } from '../world/sellers.ts';
import { type Access, invalidToken, issueAccessToken, readAccessToken } from './access-token.ts';

/** What a seller's consent in Seller Central ends in: a code that the application exchanges for a refresh token, once. */
export interface AuthorizationCode {
  readonly code: string;
  readonly expiresAt: number;
}

const codeLifetimeMs = 5 * 60_000;

/**
 * Which sellers let their application in. Every seller does from the start, with the published refresh token. Revoking ends all its tokens at
 * once; only a new authorisation, with a new refresh token, or taking the revocation back opens the account again.
 */
export class Authorizations {
  readonly #clock: Clock;
  readonly #lifetimeSeconds: number;
  readonly #sellers = new Map<string, { readonly current: number; readonly revoked: boolean }>();
  readonly #codes = new Map<string, { readonly seller: Seller; readonly expiresAt: number }>();

  constructor(clock: Clock, lifetimeSeconds: number) {
    this.#clock = clock;
    this.#lifetimeSeconds = lifetimeSeconds;
  }

  get lifetimeSeconds(): number {
    return this.#lifetimeSeconds;
  }

  /** An access token for what a client may do. */
  issue(access: Access): string {
    return issueAccessToken(access, this.#clock.now().getTime() + this.#lifetimeSeconds * 1000);
  }

  /** @throws AmazonError 403 when the token is missing, invalid, expired or revoked. */
  read(token: string | undefined): Access {
    const access = readAccessToken(token, this.#clock.now().getTime());
    if (access.sellerId !== undefined && !this.#isValid(access.sellerId, access.authorization)) throw invalidToken();
    return access;
  }

  /** The authorisation that a refresh token stands for; undefined when it is made up or revoked. */
  authorizationOf({ sellerId, refreshToken }: Seller, given: unknown): number | undefined {
    if (typeof given !== 'string' || !given.startsWith(refreshToken)) return undefined;
    const suffix = given.slice(refreshToken.length);
    const authorization = suffix === '' ? 0 : Number(/^\.(\d+)$/.exec(suffix)?.[1]);
    return this.#isValid(sellerId, authorization) ? authorization : undefined;
  }

  /** The seller consents, in Seller Central. */
  authorize(seller: Seller): AuthorizationCode {
    const code = `SPAPI-${randomUUID()}`;
    const expiresAt = this.#clock.now().getTime() + codeLifetimeMs;
    this.#codes.set(code, { seller, expiresAt });
    return { code, expiresAt };
  }

  /** Exchanges the code. It is good once, for a few minutes, and for the application that it was made for. */
  redeem(clientId: string, code: unknown): { readonly authorization: number; readonly refreshToken: string } | undefined {
    const consent = this.#codes.get(String(code));
    if (consent?.seller.clientId !== clientId) return undefined;
    this.#codes.delete(String(code));
    if (this.#clock.now().getTime() >= consent.expiresAt) return undefined;
    const { sellerId, refreshToken } = consent.seller;
    const { current, revoked } = this.#stateOf(sellerId);
    const authorization = revoked ? current + 1 : current;
    this.#sellers.set(sellerId, { current: authorization, revoked: false });
    return { authorization, refreshToken: authorization === 0 ? refreshToken : `${refreshToken}.${authorization}` };
  }

  setRevoked(sellerId: string, revoked: boolean): void {
    this.#sellers.set(sellerId, { ...this.#stateOf(sellerId), revoked });
  }

  /** An authorisation newer than the current one is of an earlier run, which this one does not remember. */
  #isValid(sellerId: string, authorization = 0): boolean {
    const { current, revoked } = this.#stateOf(sellerId);
    return !revoked && authorization >= current;
  }

  #stateOf(sellerId: string): { readonly current: number; readonly revoked: boolean } {
    return this.#sellers.get(sellerId) ?? { current: 0, revoked: false };
  }
}
