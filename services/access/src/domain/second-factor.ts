import { permissionNames, roleNames } from '@orderbus/service-kit/permissions';
import { permissionsOf, type Rights } from './person.ts';

/** Who has to have an authenticator: roles and permissions by their names. */
export const secondFactorNames = [...roleNames, ...permissionNames] as const;
export type SecondFactorName = (typeof secondFactorNames)[number];

export const needsSecondFactor = (rights: Rights, requiredFor: readonly SecondFactorName[]): boolean =>
  [rights.role, ...permissionsOf(rights)].some((name) => requiredFor.includes(name));
