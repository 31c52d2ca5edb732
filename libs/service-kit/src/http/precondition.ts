import type { IncomingHttpHeaders } from 'node:http';
import { HttpError } from './problem.ts';

/** The entity tag of a version: what a caller sends back as `If-Match`. */
export const etagOf = (version: number): string => `"${version}"`;

/**
 * Refuses a change that was made up looking at another version than the one there is.
 * @throws HttpError 412 when the version has moved on, 400 for what is no entity tag, 428 when one is `required` and missing.
 */
export const checkIfMatch = (
  headers: IncomingHttpHeaders,
  version: number,
  { required = false }: { readonly required?: boolean } = {},
): void => {
  const given = headers['if-match'];
  if (given === undefined) {
    if (required)
      throw new HttpError(428, 'precondition.required', 'If-Match: send the ETag of what you have seen', { etag: etagOf(version) });
    return;
  }
  const tags = given.split(',').map((tag) => tag.trim());
  if (tags.includes('*')) return;
  const versions = tags.map((tag) => /^(?:W\/)?"(\d{1,15})"$/.exec(tag)?.[1]);
  if (versions.includes(undefined))
    throw new HttpError(400, 'precondition.malformed', `If-Match: expected an entity tag like ${etagOf(version)}`);
  if (!versions.includes(String(version)))
    throw new HttpError(412, 'precondition.failed', `It has changed since: this is version ${version} now`, { etag: etagOf(version) });
};
