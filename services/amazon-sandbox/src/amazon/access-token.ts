import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { unauthorized } from './amazon-error.ts';

/** For whom an access token speaks. Without a seller it is grantless, and opens no orders. */
export interface Access {
  readonly clientId: string;
  readonly sellerId?: string;
  /** Which of the seller's authorisations it comes from: the first is 0. */
  readonly authorization?: number;
  readonly scope?: string;
}

/** Signed, not remembered: a token outlives a restart of the sandbox, as it would outlive one of Amazon's servers. */
export const issueAccessToken = (access: Access, expiresAt: number): string => {
  const payload = Buffer.from(JSON.stringify({ ...access, expiresAt, id: randomUUID() })).toString('base64url');
  return `${prefix}${payload}.${signatureOf(payload)}`;
};

/** @throws AmazonError 403: expired tokens too, as Amazon does it. */
export const readAccessToken = (token: string | undefined, now: number): Access => {
  if (!token) throw unauthorized('Access token is missing in the request header.');
  const claims = claimsOf(token);
  if (!claims) throw invalidToken();
  const { expiresAt, ...access } = claims;
  if (now >= expiresAt) throw unauthorized('The access token you provided has expired.');
  return access;
};

/** The seller for whom a request says it speaks, whether its token is still good or not. */
export const claimedSeller = (token: string | undefined): string | undefined => token && claimsOf(token)?.sellerId;

export const invalidToken = () => unauthorized('The access token you provided is revoked, malformed or invalid.');

const prefix = 'Atza|';

const claimsOf = (token: string): (Access & { readonly expiresAt: number }) | undefined => {
  const [payload, signature] = token.startsWith(prefix) ? token.slice(prefix.length).split('.') : [];
  if (!payload || !signature || !isSignedBy(payload, signature)) return undefined;
  return JSON.parse(Buffer.from(payload, 'base64url').toString());
};

/** Public like everything here: it guards nothing but the tests that send made-up tokens. */
const signatureOf = (payload: string): string => createHmac('sha256', 'orderbus amazon sandbox').update(payload).digest('base64url');

const isSignedBy = (payload: string, signature: string): boolean => {
  const [expected, given] = [Buffer.from(signatureOf(payload)), Buffer.from(signature)];
  return expected.length === given.length && timingSafeEqual(expected, given);
};
