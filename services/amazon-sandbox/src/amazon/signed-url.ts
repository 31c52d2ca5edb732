import { createHmac, timingSafeEqual } from 'node:crypto';

export type SignedMethod = 'GET' | 'PUT';

/** What a signed address opens, and until when. */
interface Grant {
  readonly method: SignedMethod;
  readonly documentId: string;
  readonly expiresAt: number;
}

const fiveMinutes = 5 * 60_000;

/** The query of an address that opens a document for a while, for whoever has it. */
export const signFor = (method: SignedMethod, documentId: string, now: number, lifetimeMs = fiveMinutes): string => {
  const expiresAt = now + lifetimeMs;
  return String(new URLSearchParams({ Expires: String(expiresAt), Signature: signatureOf({ method, documentId, expiresAt }) }));
};

/** Why the address does not open the document; nothing if it does. */
export const refusalOf = (
  query: Readonly<Record<string, unknown>>,
  method: SignedMethod,
  documentId: string,
  now: number,
): 'SignatureDoesNotMatch' | 'Request has expired' | undefined => {
  const expiresAt = Number(query.Expires);
  const [expected, given] = [Buffer.from(signatureOf({ method, documentId, expiresAt })), Buffer.from(String(query.Signature))];
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return 'SignatureDoesNotMatch';
  return now >= expiresAt ? 'Request has expired' : undefined;
};

/** Public like everything here: it guards nothing but the tests that make addresses up. */
const signatureOf = ({ method, documentId, expiresAt }: Grant): string =>
  createHmac('sha256', 'orderbus amazon sandbox').update(`${method} ${documentId} ${expiresAt}`).digest('base64url');
