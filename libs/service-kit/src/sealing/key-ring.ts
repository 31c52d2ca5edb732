import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { AppError } from '@orderbus/kernel';

/** Seals values so that only a holder of the key can read them, and only in the context for which they were sealed. */
export interface KeyRing {
  /** JSON, sealed with the ring's first key: `v1.<keyId>.<nonce>.<ciphertext and tag>`. */
  seal(plain: unknown, context: string): string;
  /**
   * @throws AppError `sealing.malformed`, `sealing.broken`: tampered with, or sealed for another context. `sealing.unknown-key`: it is not
   * in the ring, or not yet, so that a message waits for it. Never anything of the content.
   */
  open(sealed: string, context: string): unknown;
  /** Was this sealed with a key that is no longer the first? Then seal it again. */
  isOutdated(sealed: string): boolean;
  /** The same for the same text, and of no use to whoever guesses at the text without having the keys. A new first key gives new ones. */
  fingerprint(text: string): string;
  /** The names of its keys: the first seals. */
  readonly keyIds: readonly [string, ...string[]];
}

/** @throws AppError `sealing.bad-keys`, without the keys. */
export const keyRing = (text: string): KeyRing => {
  const entries = text.split(',').map((entry, index) => readKey(entry.trim(), index));
  const ring = new Map(entries);
  const [first, ...others] = entries;
  // Two keys under one id: one of them would be lost, and with it what it sealed.
  if (first === undefined || ring.size < entries.length) throw badKeys(ring.size);
  const [sealingId, sealingKey] = first;
  const fingerprintKey = createHash('sha256')
    .update(`fingerprint ${sealingId}:${sealingKey.toString('base64')}`)
    .digest();

  return {
    seal(plain, context) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(JSON.stringify(plain), 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `v1.${sealingId}.${nonce.toString('base64url')}.${body.toString('base64url')}`;
    },
    open(sealed, context) {
      const { keyId, nonce, body } = parse(sealed);
      const key = ring.get(keyId);
      if (key === undefined) throw new AppError('unavailable', 'sealing.unknown-key', { keyId });
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength }).setAAD(Buffer.from(context));
        decipher.setAuthTag(body.subarray(-authTagLength));
        const plain = Buffer.concat([decipher.update(body.subarray(0, -authTagLength)), decipher.final()]);
        return JSON.parse(plain.toString('utf8')) as unknown;
      } catch {
        throw new AppError('bug', 'sealing.broken', { keyId });
      }
    },
    isOutdated: (sealed) => keyIdOf(sealed) !== sealingId,
    fingerprint: (text) => createHmac('sha256', fingerprintKey).update(text).digest('base64url'),
    keyIds: [sealingId, ...others.map(([keyId]) => keyId)],
  };
};

/** The key that something was sealed with. @throws AppError `sealing.malformed` */
export const keyIdOf = (sealed: string): string => parse(sealed).keyId;

/** A fresh key in base64, for the right side of `keyId:key`. */
export const generateKey = (): string => randomBytes(32).toString('base64');

const authTagLength = 16;
const sealedPattern = /^v1\.([\w-]{1,32})\.([\w-]{16})\.([\w-]{22,})$/;

const parse = (sealed: string): { keyId: string; nonce: Buffer; body: Buffer } => {
  const [, keyId, nonce, body] = sealedPattern.exec(sealed) ?? [];
  if (keyId === undefined || nonce === undefined || body === undefined) throw new AppError('bug', 'sealing.malformed');
  return { keyId, nonce: Buffer.from(nonce, 'base64url'), body: Buffer.from(body, 'base64url') };
};

const readKey = (entry: string, index: number): [string, Buffer] => {
  const [, keyId, base64] = /^([\w-]{1,32}):([A-Za-z0-9+/]{43}=)$/.exec(entry) ?? [];
  if (keyId === undefined || base64 === undefined) throw badKeys(index);
  return [keyId, Buffer.from(base64, 'base64')];
};

const badKeys = (index: number) => new AppError('invalid', 'sealing.bad-keys', { index });
