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

/** The stores that he is limited to; `undefined` when he is not. */
export const storesOf = ({ stores }: Pick<Caller, 'stores'>): readonly string[] | undefined => (stores === '*' ? undefined : stores);

/**
 * Which stores to look into, when these were asked for; without any, all that he has access to. `undefined`: all that there are.
 * @throws HttpError 403 for a store that he has no access to.
 */
export const withinStores = (caller: Pick<Caller, 'stores'>, asked?: readonly string[]): readonly string[] | undefined => {
  const other = asked?.find((store) => !maySee(caller, store));
  if (other !== undefined) throw otherStore(other);
  return asked ?? storesOf(caller);
};

/** The same as the filter of a list: of one store, of several, or of all. One store is asked for as one: indexes know it. */
export const storeFilter = (
  caller: Pick<Caller, 'stores'>,
  asked: string | undefined,
): { readonly tenant?: string; readonly tenants?: readonly string[] } => {
  const stores = withinStores(caller, asked === undefined ? undefined : [asked]);
  if (stores === undefined) return {};
  const [only, ...others] = stores;
  return only !== undefined && others.length === 0 ? { tenant: only } : { tenants: stores };
};

export const otherStore = (store: string): HttpError =>
  new HttpError(403, 'access.other-store', `You have no access to the store ${store}`);

export const maySee = ({ stores }: Pick<Caller, 'stores'>, store: string): boolean => stores === '*' || stores.includes(store);

export const notPermitted = (permission: Permission, what?: string): HttpError =>
  new HttpError(403, 'access.not-permitted', `Needs the permission ${permission}${what === undefined ? '' : `: ${what}`}`);
