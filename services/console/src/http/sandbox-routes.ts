import { AppError } from '@orderbus/kernel';
import { type Route, route, withDeadline } from '@orderbus/service-kit';
import { z } from 'zod';
import type { ConsoleKit } from '../surroundings.ts';

/** A person is waiting. */
const timeoutMs = 2_000;

const Seller = z.object({
  sellerId: z.string(),
  name: z.string(),
  region: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['na', 'eu', 'fe'])),
  marketplaceIds: z.array(z.string()),
  clientId: z.string(),
  clientSecret: z.string().describe('No secret: it opens nothing but the sandbox, which publishes it'),
  refreshToken: z.string().describe('No secret either'),
});

const Sellers = z.object({ sellers: z.array(Seller) });

/** The sandbox that stands for Amazon, for pages: their policy lets them ask nobody but us. */
export const sandboxRoutes = ({ config }: ConsoleKit): Route[] => [
  route({
    ...{ method: 'get', path: '/api/sandbox/sellers', access: { needs: 'administer', store: 'shared' }, tags: ['sandbox'] },
    summary: 'The sellers that the sandbox plays, with all that connects a store to them; none where there is no sandbox',
    responses: { 200: Sellers },
    handle: async () => {
      const { SANDBOX_URL: url, SANDBOX_INTERNAL_URL: fromHere = url } = config;
      return url === undefined || fromHere === undefined ? { sellers: [] } : sellersAt(fromHere);
    },
  }),
];

/** @throws AppError `sandbox.unavailable` */
const sellersAt = async (url: string): Promise<z.output<typeof Sellers>> => {
  try {
    return await withDeadline(
      timeoutMs,
      (signal) => askSellers(url, signal),
      () => new Error('the sandbox is late'),
    );
  } catch (error) {
    throw new AppError('unavailable', 'sandbox.unavailable', { service: 'sandbox' }, { cause: error });
  }
};

const askSellers = async (url: string, signal: AbortSignal): Promise<z.output<typeof Sellers>> => {
  const answer = await fetch(new URL('/sandbox/sellers', url), { signal, redirect: 'error' });
  return Sellers.parse(await answer.json());
};
