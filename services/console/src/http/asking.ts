import { bearsKey, type RouteInput } from '@orderbus/service-kit';
import { type Ask, askAs, asVisitor } from '../services/ask.ts';
import type { ConsoleKit } from '../surroundings.ts';

/** A person is waiting. */
const timeoutMs = 2_000;

/**
 * Asks owners in the name of whoever sends this request. An API key opens the owners, too, and they look at it themselves; a token for this service
 * opens no other.
 */
export const askerFor = (
  { door, visitors, config }: ConsoleKit,
  { headers, address }: Pick<RouteInput<unknown, unknown, unknown>, 'headers' | 'address'>,
): Ask => {
  const options = { services: config.SERVICES, timeoutMs };
  const { authorization } = headers;
  if (authorization === undefined) return askAs(options, asVisitor(visitors, door.visitOf(headers, { method: 'GET', address })));
  if (!bearsKey(headers)) return async () => 'closed';
  return askAs(options, { authorizationFor: async () => authorization, address, refused: () => {} });
};
