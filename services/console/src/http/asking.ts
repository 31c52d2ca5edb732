import type { RouteInput } from '@orderbus/service-kit';
import { type Ask, askAs } from '../services/ask.ts';
import type { ConsoleKit } from '../surroundings.ts';

/** A person is waiting. */
const timeoutMs = 2_000;

/** Asks owners in the name of whoever sends this request. A program comes with a token for this service, which opens no other. */
export const askerFor = (
  { door, visitors, config }: ConsoleKit,
  { headers, address }: Pick<RouteInput<unknown, unknown, unknown>, 'headers' | 'address'>,
): Ask =>
  headers.authorization === undefined
    ? askAs({ visitors, services: config.SERVICES, timeoutMs }, door.visitOf(headers, { method: 'GET', address }))
    : async () => 'closed';
