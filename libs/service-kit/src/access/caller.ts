import { HttpError } from '../http/problem.ts';
import type { Permission } from './permissions.ts';

/** Who sends a request, and what he may. */
export interface Caller {
  readonly kind: 'person' | 'key' | 'service' | 'nobody';
  /** `person:<uuid>`, `key:<uuid>`, `service:<name>`; `nobody` on a public route. */
  readonly id: string;
  readonly name: string;
  readonly permissions: readonly Permission[];
  /** Which stores' orders he gets to see and to change. */
  readonly stores: '*' | readonly string[];
  /** When a service does what somebody has asked it for: his name. */
  readonly onBehalfOf?: string;
}

export const nobody: Caller = { kind: 'nobody', id: 'nobody', name: 'nobody', permissions: [], stores: [] };

/**
 * For what only some requests of a route need.
 * @throws HttpError 403 that names the permission, and what it is for.
 */
export const demand = (caller: Caller, permission: Permission, what?: string): void => {
  if (!caller.permissions.includes(permission)) throw notPermitted(permission, what);
};

/** The stores that a list has to keep to; `undefined` when there is nothing to keep to. */
export const storesOf = ({ stores }: Pick<Caller, 'stores'>): readonly string[] | undefined => (stores === '*' ? undefined : stores);

export const maySee = ({ stores }: Pick<Caller, 'stores'>, store: string): boolean => stores === '*' || stores.includes(store);

export const notPermitted = (permission: Permission, what?: string): HttpError =>
  new HttpError(403, 'access.not-permitted', `Needs the permission ${permission}${what === undefined ? '' : `: ${what}`}`);
