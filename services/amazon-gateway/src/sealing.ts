import { createHash, createHmac } from 'node:crypto';
import { type KeyRing, keys } from '@orderbus/service-kit';
import { z } from 'zod';

/** A key ring that also tells contents apart without showing them. */
export interface Sealer extends KeyRing {
  /** The same for the same text, and of no use to whoever guesses at the text without having the keys. */
  fingerprint(text: string): string;
}

/** The setting of a sealer: a key ring's. A new first key gives new fingerprints, so what is read again is sealed anew. */
export const sealingKeys = () =>
  z.string().transform((text, ctx): Sealer => {
    const ring = keys().safeParse(text);
    if (ring.success) return { ...ring.data, fingerprint: fingerprintWith(text) };
    ctx.issues.push({ code: 'custom', message: ring.error.issues[0]?.message ?? 'Invalid keys', input: undefined });
    return z.NEVER;
  });

const fingerprintWith = (text: string): Sealer['fingerprint'] => {
  const [first = ''] = text.split(',');
  const key = createHash('sha256').update(`fingerprint ${first.trim()}`).digest();
  return (content) => createHmac('sha256', key).update(content).digest('base64url');
};
