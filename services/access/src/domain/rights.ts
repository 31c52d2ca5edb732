import type { Permission } from '@orderbus/service-kit/permissions';
import { type Person, permissionsOf, type Rights, type Stores } from './person.ts';

/** Why somebody's access is not changed. */
export const rightsRefusals = {
  'own-access': 'Nobody changes his own role, permissions, stores or state: somebody else with manage-access does',
  'more-than-own': 'Nobody gives what he has not himself, nor changes the access of somebody who has more',
  'last-manager': 'This is the last enabled person with manage-access: nobody could let anybody in any more',
  'manager-of-some-stores': 'manage-access is about the whole installation: it needs all stores',
} as const;
export type RightsRefusal = keyof typeof rightsRefusals;

export const isWithin = (stores: Stores, limit: Stores): boolean =>
  limit === '*' || (stores !== '*' && stores.every((store) => limit.includes(store)));

export const hasAll = (held: readonly Permission[], wanted: readonly Permission[]): boolean =>
  wanted.every((permission) => held.includes(permission));

/** Has this one at least what the other has? */
const covers = (one: Rights, other: Rights): boolean =>
  hasAll(permissionsOf(one), permissionsOf(other)) && isWithin(other.stores, one.stores);

export const isManager = ({ state, permissions }: Pick<Person, 'state' | 'permissions'>): boolean =>
  state === 'enabled' && permissions.includes('manage-access');

/** May this one give these rights to somebody who is new? */
export const refusalToGive = (actor: Rights, rights: Rights): RightsRefusal | undefined => {
  if (rights.permissions.includes('manage-access') && rights.stores !== '*') return 'manager-of-some-stores';
  return covers(actor, rights) ? undefined : 'more-than-own';
};

/**
 * May this one turn the person into the other? Taking away is open to every manager, since a way in has to be closed within the day;
 * giving, and whatever opens a way in, only to who has it all himself. `managers`: how many are enabled, the person included.
 */
export const refusalToChange = (actor: Person, before: Person, after: Person, managers: number): RightsRefusal | undefined => {
  if (actor.id === before.id) return 'own-access';
  if (isManager(before) && !isManager(after) && managers <= 1) return 'last-manager';
  const closes = after.state === 'disabled' && covers(before, after);
  return closes ? undefined : (refusalToGive(actor, before) ?? refusalToGive(actor, after));
};

/** May this one let the person in anew: with another link, without his authenticator, before his lock has ended? */
export const refusalToLetIn = (actor: Person, person: Person): RightsRefusal | undefined => {
  if (actor.id === person.id) return 'own-access';
  return covers(actor, person) ? undefined : 'more-than-own';
};
