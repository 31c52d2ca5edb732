import { z } from 'zod';
import { durationMs } from '../config.ts';
import { type KeyRing, keyIdOf, keyRing } from './key-ring.ts';

/** A key ring whose keys can change while it is in use. */
export interface LiveKeyRing extends KeyRing {
  /** From now on these. What is under way has been sealed with those of before. @throws AppError `sealing.bad-keys`, and keeps what it has. */
  replace(text: string): void;
  /** Asked when something was sealed with a key that is not here, for keys that may be: another instance may have heard of it first. */
  lookIn(source: () => string | undefined): void;
}

/** The settings of whoever seals. The keys can change while a service runs when they are given as `ORDERBUS_KEYS_FILE`. */
export const keySettings = {
  /** `keyId:base64key[,keyId:base64key]`, 32-byte keys, the first seals, all open. */
  ORDERBUS_KEYS: z.string().transform((text, ctx): LiveKeyRing => {
    try {
      return liveKeyRing(text);
    } catch {
      ctx.issues.push({ code: 'custom', message: 'Invalid keys: expected keyId:base64 of 32 bytes, comma separated', input: undefined });
      return z.NEVER;
    }
  }),
  ORDERBUS_KEYS_FILE: z.string().optional(),
  /** How soon a changed file is noticed. */
  ORDERBUS_KEYS_EVERY: durationMs().pipe(z.int().min(50)).default(5_000),
};

export interface KeySettings {
  readonly ORDERBUS_KEYS: LiveKeyRing;
  readonly ORDERBUS_KEYS_FILE?: string | undefined;
  readonly ORDERBUS_KEYS_EVERY: number;
}

/** @throws AppError `sealing.bad-keys`, without the keys. */
export const liveKeyRing = (text: string): LiveKeyRing => {
  let current = keyRing(text);
  let source: () => string | undefined = () => undefined;
  /** What was found there and is not in use yet. It opens already; which key seals is not decided here. */
  let found: KeyRing | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;

  const ringFor = (sealed: string): KeyRing => {
    const keyId = keyIdOf(sealed);
    if (current.keyIds.includes(keyId)) return current;
    if (!found?.keyIds.includes(keyId) && performance.now() - lookedAt > lookAgainMs) {
      lookedAt = performance.now();
      found = readable(source());
    }
    return found?.keyIds.includes(keyId) ? found : current;
  };

  return {
    seal: (plain, context) => current.seal(plain, context),
    open: (sealed, context) => ringFor(sealed).open(sealed, context),
    isOutdated: (sealed) => current.isOutdated(sealed),
    fingerprint: (content) => current.fingerprint(content),
    get keyIds() {
      return current.keyIds;
    },
    replace: (newer) => {
      current = keyRing(newer);
      found = undefined;
    },
    lookIn: (newer) => {
      source = newer;
    },
  };
};

const lookAgainMs = 1_000;

const readable = (text: string | undefined): KeyRing | undefined => {
  try {
    return text ? keyRing(text) : undefined;
  } catch {
    return undefined;
  }
};
