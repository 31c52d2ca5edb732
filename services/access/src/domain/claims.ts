import { type Role, roleNames, singlePermissions } from '@orderbus/service-kit/permissions';
import type { Rights, SinglePermission } from './person.ts';

/** Which value of the claim gives which rights, the first that fits: `warehouse=operator`, `it=admin+manage-access`. */
export interface ClaimRule {
  readonly value: string;
  readonly role: Role;
  readonly permissions: readonly SinglePermission[];
}

/** `undefined`: not a rule. */
export const readClaimRule = (text: string): ClaimRule | undefined => {
  const [, value = '', rights = ''] = /^(.+)=([^=]+)$/.exec(text.trim()) ?? [];
  const [role, ...permissions] = rights.split('+').map((name) => name.trim());
  if (value.trim() === '' || !roleNames.some((name) => name === role)) return undefined;
  if (!permissions.every((name) => singlePermissions.some((known) => known === name))) return undefined;
  return { value: value.trim(), role: role as Role, permissions: permissions as SinglePermission[] };
};

/** The rights that the claim gives; `undefined`: none, and no way in. */
export const rightsByClaim = (claim: unknown, rules: readonly ClaimRule[]): Rights | undefined => {
  const values = [claim].flat().filter((value) => typeof value === 'string');
  const rule = rules.find(({ value }) => values.includes(value));
  return rule && { role: rule.role, permissions: rule.permissions, stores: '*' };
};
