import { hash, verify } from '@node-rs/argon2';
import { normalPassword } from '../domain/password.ts';

export interface Hashing {
  hash(password: string): Promise<string>;
  /** Without a hash it takes as long as with one: nobody learns from the time whether there is an account. */
  verify(password: string, hash: string | undefined): Promise<boolean>;
  /** Is it one of these? */
  isAmong(password: string, hashes: readonly string[]): Promise<boolean>;
  /** Was this made with less effort than is usual now? */
  isWeak(hash: string): boolean;
}

/**
 * argon2id (the library's default), three passes over this much memory (RFC 9106). 64 MiB take 75 ms of one core, measured on a small server, and hashes are
 * made beside the event loop.
 */
export const hashing = (memoryMiB: number): Hashing => {
  const options = { memoryCost: memoryMiB * 1_024, timeCost: 3, parallelism: 1 };
  const parameters = `$m=${options.memoryCost},t=${options.timeCost},p=${options.parallelism}$`;
  const hashed = (password: string): Promise<string> => hash(normalPassword(password), options);
  const nobodys = hashed('of nobody');
  nobodys.catch(() => {});
  const matches = (password: string, kept: string): Promise<boolean> => verify(kept, normalPassword(password));
  return {
    hash: hashed,
    verify: async (password, kept) => {
      const matched = await matches(password, kept ?? (await nobodys));
      return matched && kept !== undefined;
    },
    isAmong: async (password, hashes) => {
      for (const kept of hashes) if (await matches(password, kept)) return true;
      return false;
    },
    isWeak: (kept) => !kept.includes(parameters),
  };
};
