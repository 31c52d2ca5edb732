import { createHash } from 'node:crypto';
import type { Position } from '../world/timeline.ts';
import { invalidInput } from './amazon-error.ts';

/** Where a search goes on. The upper limit is frozen on the first page, so that what arrives meanwhile cannot shift the pages. */
export interface PageToken {
  readonly until: number;
  readonly after: Position;
}

const lifetimeMs = 24 * 3_600_000;

/** The token holds a digest of the search that made it. It is plain base64: `+`, `/` and `=` must be encoded in a URL. */
export const issuePageToken = (token: PageToken, search: string, now: number): string =>
  Buffer.from(JSON.stringify([digestOf(search), now + lifetimeMs, token.until, token.after.time, token.after.sequence])).toString('base64');

/** @throws AmazonError 400 when the token is made up, expired, or belongs to another search. */
export const readPageToken = (value: string, search: string, now: number): PageToken => {
  const [digest, expiresAt, until, time, sequence] = decode(value);
  if (digest !== digestOf(search)) {
    throw invalidInput('paginationToken', value, 'Every other parameter must be identical to the request that returned the token');
  }
  if (now >= Number(expiresAt)) throw invalidInput('paginationToken', value, 'The token has expired');
  return { until: Number(until), after: { time: Number(time), sequence: Number(sequence) } };
};

const digestOf = (search: string): string => createHash('sha256').update(search).digest('base64');

const decode = (value: string): unknown[] => {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(value, 'base64').toString());
    if (Array.isArray(parsed) && parsed.length === 5 && Buffer.from(value, 'base64').toString('base64') === value) return parsed;
  } catch {
    // Not JSON: refused below, like everything else that we did not issue.
  }
  throw invalidInput('paginationToken', value, 'Member must be a token returned by this operation');
};
