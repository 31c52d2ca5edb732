import { type Role, roleNames, roles, singlePermissions } from '@orderbus/service-kit/permissions';
import type { Permission } from '../../../api/session.ts';
import type { Stores } from '../parts/StoresField.tsx';

export { type Role, roleNames };

/** Those that no role brings along. */
export const singles = singlePermissions;
export type Single = (typeof singles)[number];

/** What comes with a role. */
export const permissionsOfRole: Readonly<Record<Role, readonly Permission[]>> = roles;

export interface Rights {
  readonly role: Role;
  readonly permissions: readonly Single[];
  readonly stores: Stores;
}

export const isSingle = (name: string): name is Single => singles.some((one) => one === name);

interface Actor {
  readonly permissions: readonly Permission[];
  readonly stores: Stores;
}

/** Nobody gives what he has not, nor changes somebody who has more. */
export const coversAll = (actor: Actor, permissions: readonly Permission[], stores: Stores): boolean =>
  permissions.every((one) => actor.permissions.includes(one)) && isWithin(stores, actor.stores);

const isWithin = (stores: Stores, limit: Stores): boolean =>
  limit === '*' || (stores !== '*' && stores.every((store) => limit.includes(store)));

/** Managing access is about the whole installation. */
export const needsAllStores = ({ permissions, stores }: Pick<Rights, 'permissions' | 'stores'>): boolean =>
  permissions.includes('manage-access') && stores !== '*';
