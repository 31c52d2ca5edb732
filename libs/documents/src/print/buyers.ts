import { BuyerData } from '@orderbus/contracts';
import { AppError } from '@orderbus/kernel';
import { actorOf, askService, type Breaker, breaker, type Caller, demand, HttpError, type ServiceKit } from '@orderbus/service-kit';
import { z } from 'zod';
import type { Recipient } from '../address.ts';

export interface BuyersOptions {
  /** Where the order service is: it alone keeps buyers. */
  readonly url: string;
  readonly kit: Pick<ServiceKit, 'log' | 'metrics' | 'circuits' | 'headersFor'>;
  /** Stands in its record of who has seen whom. */
  readonly purpose: 'packing-slip' | 'invoice';
  /** Only what the document shows. */
  readonly fields: readonly (keyof BuyerData)[];
}

/** The buyer of an order, for as long as a document is drawn. */
export interface ShownBuyer {
  readonly recipient: Recipient;
  readonly buyer: BuyerData;
}

/**
 * The buyers of up to 500 orders, in the name of whoever has sent the request. Nothing of it is kept.
 * @throws HttpError 403 when he may not see them, AppError `unavailable` when the order service does not answer.
 */
export type Buyers = Breaker<[orderIds: readonly string[], caller: Caller], ReadonlyMap<string, ShownBuyer>>;

const timeoutMs = 15_000;

const Answer = z.object({
  items: z.array(
    z.object({
      orderId: z.string(),
      state: z.enum(['kept', 'absent', 'purged']),
      buyer: BuyerData,
      purged: z.object({ at: z.string() }).optional(),
    }),
  ),
});

const Refusal = z.object({ code: z.string(), detail: z.string() });

export const buyersFrom = ({ url, kit, purpose, fields }: BuyersOptions): Buyers =>
  breaker(
    { name: 'order.buyers', timeoutMs, log: kit.log, metrics: kit.metrics, watch: kit.circuits.to('order'), isFailure: isIll },
    async (signal, orderIds, caller) => {
      demand(caller, 'see-buyer-data');
      const response = await askService({ peer: 'order', route: '/orders/buyers' }, `${url}/orders/buyers`, {
        ...{ method: 'POST', signal },
        headers: { 'content-type': 'application/json', ...(await kit.headersFor('order', actorOf({ caller }).name)) },
        body: JSON.stringify({ purpose, orderIds, fields }),
      }).catch(() => {
        throw away();
      });
      if (response.status === 403) throw await forbidden(response);
      if (!response.ok) throw response.status < 500 ? new AppError('bug', 'buyers.refused', { status: response.status }) : away();
      const { items } = Answer.parse(await response.json());
      return new Map(items.map((item) => [item.orderId, { recipient: recipientOf(item), buyer: item.buyer }]));
    },
  );

const forbidden = async (response: Response): Promise<HttpError> => {
  const refusal = Refusal.safeParse(await response.json().catch(() => undefined));
  return refusal.success
    ? new HttpError(403, refusal.data.code, refusal.data.detail)
    : new HttpError(403, 'buyer.not-permitted', 'The order service does not show you buyers');
};

const away = (): AppError =>
  new AppError('unavailable', 'buyers.unavailable', { why: 'The order service, which keeps the addresses, does not answer: try again' });

const isIll = (error: unknown): boolean => !(error instanceof HttpError);

const recipientOf = ({ state, buyer, purged }: z.output<typeof Answer>['items'][number]): Recipient => {
  if (purged !== undefined) return { state: 'removed', at: purged.at };
  const { recipient, name, company } = buyer;
  if (state !== 'kept' || (recipient ?? name ?? company) === undefined) return { state: 'unknown' };
  return { state: 'known', address: { name, company, ...recipient } };
};
