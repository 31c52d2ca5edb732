import type { IncomingHttpHeaders } from 'node:http';
import { HttpError } from './problem.ts';

/**
 * Who sends this request, as he says himself: until people sign in, the name in `X-Actor`.
 * @throws HttpError 400 for what is no name.
 */
export const actorOf = ({ headers }: { readonly headers: IncomingHttpHeaders }): { kind: 'person'; name: string } => {
  const given = [headers['x-actor'] ?? 'unknown'].flat().join(' ').trim();
  if (!/^[\x20-\x7e\xa0-\xff]{1,80}$/.test(given))
    throw new HttpError(400, 'actor.malformed', 'X-Actor: expected 1 to 80 printable characters');
  return { kind: 'person', name: given };
};
