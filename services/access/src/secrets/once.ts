import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** A secret of 256 bits: nobody guesses it, so its hash may be a fast one. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

export const isHashOf = (secret: string, hash: string): boolean => isSame(hashOf(secret), hash);

/** Compares without telling by the time it takes where they differ. */
export const isSame = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/** What a page has to send along with a change. It follows from the cookie, which no other site can read. */
export const formTokenOf = (cookie: string): string => createHmac('sha256', cookie).update('orderbus form').digest('base64url');

/** Letters and digits that are not taken for each other, in groups: to be written down. */
export const newRecoveryCode = (): string => {
  const signs = [...randomBytes(16)].map((byte) => alphabet[byte % alphabet.length]).join('');
  return signs.replaceAll(/(.{4})(?=.)/g, '$1-');
};

/** However it was typed. */
export const normalRecoveryCode = (code: string): string => code.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');

export const newKeyId = (): string => [...randomBytes(16)].map((byte) => idAlphabet[byte % idAlphabet.length]).join('');

/** 32 signs each, so that every byte is as likely. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const idAlphabet = 'abcdefghjkmnpqrstuvwxyz023456789';
