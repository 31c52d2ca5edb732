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
 * - a function: looks up whose it is; of another store, it is as if it were not there. Asked only for callers who are limited.
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

/** What the request itself has to say. @throws HttpError 403 for a store that it names, AppError `not-found` for what belongs to another. */
export const checkStore = async (access: Closed<never>, caller: Caller, request: ReadRequest): Promise<void> => {
  const { store } = access;
  if (caller.stores === '*' || typeof store === 'string') return;
  if (typeof store !== 'function') {
    const name = nameIn(request, store.named);
    if (name !== undefined && !maySee(caller, name)) throw otherStore(name);
    return;
  }
  const found = await (store as StoreLookup<ReadRequest>)(request);
  const stores = found === undefined ? [] : [found].flat();
  if (!stores.every((one) => maySee(caller, one))) throw new AppError('not-found', 'access.not-found');
};

const nameIn = ({ params, query, body }: ReadRequest, name: string): string | undefined => {
  for (const part of [params, query, body]) {
    const value = (part as Record<string, unknown> | null | undefined)?.[name];
    if (typeof value === 'string') return value;
  }
  return undefined;
};
