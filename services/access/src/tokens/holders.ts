import { createHash } from 'node:crypto';
import type { Clock } from '@orderbus/kernel';
import type { Database } from '@orderbus/outbox';
import { readKey, rightsOfKey } from '../domain/api-key.ts';
import { type Person, permissionsOf } from '../domain/person.ts';
import { isHashOf, isSame } from '../secrets/once.ts';
import { findApiKey } from '../store/api-keys.ts';
import { findPerson } from '../store/people.ts';
import type { Holder } from './token-maker.ts';
import type { UsedKeys } from './used-keys.ts';

export const holderOfPerson = (person: Person): Holder => ({
  ...{ sub: `person:${person.id}`, name: person.name, permissions: permissionsOf(person), stores: person.stores },
});

/** Whose key this is and what it opens now; `undefined`: nothing. */
export const holderOfKey = async (database: Database, clock: Clock, used: UsedKeys, written: string): Promise<Holder | undefined> => {
  const read = readKey(written);
  const key = read && (await findApiKey(database, read.id));
  if (!read || !key || !isHashOf(read.secret, key.secretHash)) return undefined;
  const maker = await findPerson(database, key.makerId);
  const rights = maker && rightsOfKey(key, maker, clock.now());
  if (!rights) return undefined;
  used.note(key.id);
  return { sub: `key:${key.id}`, name: key.name, ...rights };
};

/** Is this the secret of this service? */
export const isSecretOf = (secrets: ReadonlyMap<string, string>, service: string, secret: string): boolean => {
  const kept = secrets.get(service);
  return kept !== undefined && isSame(createHash('sha256').update(secret).digest('hex'), kept);
};
