import { AppError } from '@orderbus/kernel';
import { HttpError } from '@orderbus/service-kit';
import { z } from 'zod';
import { type ApiKey, type KeyProblem, keyPermissions, problemOfKey, writtenKey } from '../domain/api-key.ts';
import type { Person } from '../domain/person.ts';
import { hashOf, newKeyId, newSecret } from '../secrets/once.ts';
import { addApiKey, findApiKey, revokeApiKey } from '../store/api-keys.ts';
import type { AccessKit } from '../surroundings.ts';

export const KeyPermission = z.enum(keyPermissions as [(typeof keyPermissions)[number], ...typeof keyPermissions]);

const refusals: Readonly<Record<KeyProblem, () => Error>> = {
  'more-than-own': () => new HttpError(403, 'access.more-than-own', 'A key never may more than who makes it'),
  'expires-too-late': () =>
    new AppError('invalid', 'request.invalid', {
      errors: [{ field: 'expiresAt', message: 'At most a year from now', code: 'key.expires-too-late' }],
    }),
  'expired-already': () =>
    new AppError('invalid', 'request.invalid', { errors: [{ field: 'expiresAt', message: 'In the past', code: 'key.expired-already' }] }),
};

/** `key`: as it is written. It is known now and never again. */
export const makeKey = async (
  { database, clock }: AccessKit,
  maker: Person,
  wanted: Pick<ApiKey, 'name' | 'permissions' | 'stores' | 'expiresAt'>,
): Promise<{ readonly apiKey: ApiKey; readonly key: string }> => {
  const now = clock.now();
  const problem = problemOfKey(wanted, maker, now);
  if (problem !== undefined) throw refusals[problem]();
  const about = { id: newKeyId(), makerId: maker.id, createdAt: now.toISOString(), lastUsedAt: null, revokedAt: null, revokedBy: null };
  const apiKey: ApiKey = { ...wanted, ...about, permissions: keyPermissions.filter((name) => wanted.permissions.includes(name)) };
  const secret = newSecret();
  await addApiKey(database, apiKey, hashOf(secret));
  return { apiKey, key: writtenKey(apiKey.id, secret) };
};

/** @throws AppError `api-key.unknown` */
export const revokeKey = async ({ database, clock }: AccessKit, manager: Person, keyId: string): Promise<ApiKey> => {
  await revokeApiKey(database, keyId, manager.name, clock.now().toISOString());
  const key = await findApiKey(database, keyId);
  if (key === undefined) throw new AppError('not-found', 'api-key.unknown', { keyId });
  return key;
};
