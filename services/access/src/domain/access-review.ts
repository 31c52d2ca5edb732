import type { ApiKey } from './api-key.ts';
import { type Person, permissionsOf, type Stores } from './person.ts';

/** Who may what, for whoever has to look through it every quarter: people first, then the keys that they have made. */
export interface ReviewLine {
  readonly kind: 'person' | 'key';
  readonly id: string;
  readonly name: string;
  /** For a key: its maker. */
  readonly email: string;
  readonly state: string;
  readonly role: string;
  readonly permissions: readonly string[];
  readonly stores: Stores;
  readonly secondFactor: boolean;
  readonly lastUsedAt: string | null;
  readonly since: string;
  readonly until: string | null;
  /** What somebody should look at. */
  readonly remarks: readonly Remark[];
}

type Remark = 'unused-for-90-days' | 'without-second-factor' | 'sees-buyers' | 'manages-access' | 'expires-soon' | 'maker-disabled';

const dayMs = 86_400_000;

export const reviewOf = (people: readonly Person[], keys: readonly ApiKey[], now: Date): ReviewLine[] => {
  const byId = new Map(people.map((person) => [person.id, person]));
  const living = keys.filter(({ revokedAt, expiresAt }) => revokedAt === null && Date.parse(expiresAt) > now.getTime());
  return [...people.map((person) => lineOfPerson(person, now)), ...living.map((key) => lineOfKey(key, byId.get(key.makerId), now))];
};

const lineOfPerson = (person: Person, now: Date): ReviewLine => {
  const { id, name, email, state, role, stores, totp, identity, lastSignInAt, createdAt } = person;
  const permissions = permissionsOf(person);
  const secondFactor = totp !== null;
  const remarks: Remark[] = [
    ...mark('unused-for-90-days', isOld(lastSignInAt ?? createdAt, now)),
    ...mark('without-second-factor', !secondFactor && identity === null),
    ...mark('sees-buyers', permissions.includes('see-buyer-data')),
    ...mark('manages-access', permissions.includes('manage-access')),
  ];
  return {
    ...{ kind: 'person', id, name, email, state, role, permissions, stores, secondFactor, lastUsedAt: lastSignInAt, since: createdAt },
    ...{ until: null, remarks: state === 'disabled' ? [] : remarks },
  };
};

const lineOfKey = (key: ApiKey, maker: Person | undefined, now: Date): ReviewLine => ({
  ...{ kind: 'key', id: key.id, name: key.name, email: maker?.email ?? '', state: 'enabled', role: '', secondFactor: false },
  ...{ permissions: key.permissions, stores: key.stores, lastUsedAt: key.lastUsedAt, since: key.createdAt, until: key.expiresAt },
  remarks: [
    ...mark('unused-for-90-days', isOld(key.lastUsedAt ?? key.createdAt, now)),
    ...mark('sees-buyers', key.permissions.includes('see-buyer-data')),
    ...mark('expires-soon', Date.parse(key.expiresAt) - now.getTime() < 30 * dayMs),
    ...mark('maker-disabled', maker?.state !== 'enabled'),
  ],
});

const mark = (remark: Remark, applies: boolean): Remark[] => (applies ? [remark] : []);

const isOld = (at: string, now: Date): boolean => now.getTime() - Date.parse(at) > 90 * dayMs;
