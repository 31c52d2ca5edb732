import { AppError } from '@orderbus/kernel';
import { HttpError } from '../http/problem.ts';
import { type Caller, maySee, notPermitted, otherStore } from './caller.ts';
import type { Permission } from './permissions.ts';

/**
 * Who may use a route. `public` is for the few that somebody needs before he can say who he is; everything else is closed to whoever has
 * not been given what it needs.
 */
export type Access<Input = never> = 'public' | Closed<Input>;

export interface Closed<Input> {
  /** All of these. */
  readonly needs: Permission | readonly [Permission, ...Permission[]];
  readonly store: StoreRule<Input>;
  /** What some of its requests need as well: the handler demands it. */
  readonly mayNeed?: Permission;
}

/**
 * How a route is limited for callers who are limited to some stores:
 * - `shared`: it is the same for all stores, such as products and stock;
 * - `all`: it is about the whole installation, and not for them;
 * - `filtered`: the handler keeps to `storesOf(caller)`;
 * - `named('tenant')`: the request names the store, and is refused when it is another one;
 * - a function: looks up whose it is; of another store, it is as if it were not there. Asked only for callers who are limited,
 *   and for requests that go on record.
 */
export type StoreRule<Input> = 'shared' | 'all' | 'filtered' | NamedStore | StoreLookup<Input>;

export interface NamedStore {
  readonly named: string;
}

/** The store or stores that something belongs to; `undefined` when there is no such thing: then the handler says so. */
export type StoreLookup<Input> = (input: Input) => Stores | Promise<Stores>;

type Stores = string | readonly string[] | undefined;

/** The store is in the path, the query or the body, under this name. */
export const named = (name: string): NamedStore => ({ named: name });

/** What can be said before the request is read. @throws HttpError 403 that names what is missing. */
export const checkPermissions = (access: Closed<never>, caller: Caller): void => {
  for (const permission of needsOf(access)) if (!caller.permissions.includes(permission)) throw notPermitted(permission);
  if (access.store === 'all' && caller.stores !== '*')
    throw new HttpError(403, 'access.all-stores', 'This is about all stores, and you are limited to some');
};

export const needsOf = ({ needs }: Closed<never>): readonly Permission[] => (typeof needs === 'string' ? [needs] : needs);

export interface ReadRequest {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/** The stores that a request is about, as far as its route can say. */
export const storesAbout = async ({ store }: Closed<never>, request: ReadRequest): Promise<readonly string[]> => {
  if (typeof store === 'string') return [];
  const found = typeof store === 'function' ? await (store as StoreLookup<ReadRequest>)(request) : nameIn(request, store.named);
  return found === undefined ? [] : [found].flat();
};

/** @throws HttpError 403 for a store that the request names, AppError `not-found` for what belongs to another. */
export const checkStores = ({ store }: Closed<never>, caller: Caller, stores: readonly string[]): void => {
  const other = stores.find((one) => !maySee(caller, one));
  if (other === undefined) return;
  if (typeof store === 'function') throw new AppError('not-found', 'access.not-found');
  throw otherStore(other);
};

const nameIn = ({ params, query, body }: ReadRequest, name: string): string | undefined => {
  for (const part of [params, query, body]) {
    const value = (part as Record<string, unknown> | null | undefined)?.[name];
    if (typeof value === 'string') return value;
  }
  return undefined;
};
