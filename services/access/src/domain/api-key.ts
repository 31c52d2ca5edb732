import { type Permission, permissionNames } from '@orderbus/service-kit/permissions';
import { type Person, permissionsOf, type Stores } from './person.ts';
import { hasAll, isWithin } from './rights.ts';

/** For a program of the seller's. Its maker answers for it: it never may more than he. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly makerId: string;
  readonly permissions: readonly Permission[];
  readonly stores: Stores;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
  readonly revokedBy: string | null;
}

/** Letting people in is for people. */
export const keyPermissions = permissionNames.filter((name) => name !== 'manage-access');

const longestKeyMs = 366 * 86_400_000;

export type KeyProblem = 'more-than-own' | 'expires-too-late' | 'expired-already';

export const problemOfKey = (
  { permissions, stores, expiresAt }: Pick<ApiKey, 'permissions' | 'stores' | 'expiresAt'>,
  maker: Person,
  now: Date,
): KeyProblem | undefined => {
  const lifeMs = Date.parse(expiresAt) - now.getTime();
  if (lifeMs <= 0) return 'expired-already';
  if (lifeMs > longestKeyMs) return 'expires-too-late';
  return hasAll(permissionsOf(maker), permissions) && isWithin(stores, maker.stores) ? undefined : 'more-than-own';
};

/** What the key opens now: what it was given, as far as its maker still has it. Nothing when it or he is gone. */
export const rightsOfKey = (key: ApiKey, maker: Person, now: Date): { permissions: Permission[]; stores: Stores } | undefined => {
  if (key.revokedAt !== null || Date.parse(key.expiresAt) <= now.getTime() || maker.state !== 'enabled') return undefined;
  const held = permissionsOf(maker);
  return { permissions: key.permissions.filter((permission) => held.includes(permission)), stores: shared(key.stores, maker.stores) };
};

const shared = (one: Stores, other: Stores): Stores => {
  if (one === '*') return other;
  return other === '*' ? one : one.filter((store) => other.includes(store));
};

/** How a key is written: `obk_<id>_<secret>`. */
export const writtenKey = (id: string, secret: string): string => `obk_${id}_${secret}`;

export const readKey = (text: string): { readonly id: string; readonly secret: string } | undefined => {
  const [, id, secret] = /^obk_([a-z0-9]{16})_([\w-]{43})$/.exec(text) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
};
