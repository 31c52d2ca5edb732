import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { unauthorized } from './amazon-error.ts';

/** For whom an access token speaks. Without a seller it is grantless, and opens no orders. */
export interface Access {
  readonly clientId: string;
  readonly sellerId?: string;
  readonly scope?: string;
}

export const tokenLifetimeSeconds = 3600;

/** Signed, not remembered: a token outlives a restart of the sandbox, as it would outlive one of Amazon's servers. */
export const issueAccessToken = (access: Access, now: number): string => {
  const claims = { ...access, expiresAt: now + tokenLifetimeSeconds * 1000, id: randomUUID() };
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${prefix}${payload}.${signatureOf(payload)}`;
};

/** @throws AmazonError 403: expired tokens too, as Amazon does it. */
export const readAccessToken = (token: string | undefined, now: number): Access => {
  if (!token) throw unauthorized('Access token is missing in the request header.');
  const [payload, signature] = token.startsWith(prefix) ? token.slice(prefix.length).split('.') : [];
  if (!payload || !signature || !isSignedBy(payload, signature)) {
    throw unauthorized('The access token you provided is revoked, malformed or invalid.');
  }
  const { expiresAt, ...access } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Access & { expiresAt: number };
  if (now >= expiresAt) throw unauthorized('The access token you provided has expired.');
  return access;
};

const prefix = 'Atza|';

/** Public like everything here: it guards nothing but the tests that send made-up tokens. */
const signatureOf = (payload: string): string => createHmac('sha256', 'orderbus amazon sandbox').update(payload).digest('base64url');

const isSignedBy = (payload: string, signature: string): boolean => {
  const [expected, given] = [Buffer.from(signatureOf(payload)), Buffer.from(signature)];
  return expected.length === given.length && timingSafeEqual(expected, given);
};
