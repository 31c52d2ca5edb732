import { HttpError } from '@orderbus/service-kit';
import { isOwner, type Owner } from './owners.ts';

/** What is asked of whom: path and query, as they came. */
export interface Asked {
  readonly owner: Owner;
  readonly path: string;
}

/** Numbers and tokens of the installation are no page's business. */
const closed = /^\/(metrics|tokens)(\/|$)/;

/**
 * Reads `/order/orders/…?…`.
 * @throws HttpError 404 for a service that there is not, 400 for a path that leads somewhere else than it says
 */
export const askedFor = (url: string): Asked => {
  const [, name = '', rest = '', query = ''] = /^\/([^/?]*)([^?]*)(.*)$/s.exec(url) ?? [];
  if (!isOwner(name)) throw new HttpError(404, 'service.unknown', 'There is no such service');
  const path = rest === '' ? '/' : rest;
  if (!staysInside(path)) throw new HttpError(400, 'request.path', 'The path is malformed, or leads out of the service');
  if (closed.test(decodeURIComponent(path))) throw new HttpError(404, 'service.closed', 'This is not for pages');
  return { owner: name, path: path + query };
};

/** However often somebody may have packed them, no part is `.` or `..`: what stands behind us must not read another path than we do. */
const staysInside = (path: string): boolean => {
  let read = path;
  for (let round = 0; round < 4; round++) {
    if (!read.startsWith('/') || /[\p{Cc}]/u.test(read)) return false;
    if (read.split(/[/\\]/).some((part) => /^\.{1,2}(;|$)/.test(part))) return false;
    const next = decoded(read);
    if (next === undefined) return round > 0;
    if (next === read) return true;
    read = next;
  }
  return false;
};

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};
