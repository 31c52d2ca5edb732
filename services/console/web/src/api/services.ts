import { queryOptions } from '@tanstack/react-query';
import createClient, { type Client, type ClientPathsWithMethod, type MaybeOptionalInit, type MethodResponse } from 'openapi-fetch';
import type { paths as Access } from './generated/access.d.ts';
import type { paths as Gateway } from './generated/amazon-gateway.d.ts';
import type { paths as Billing } from './generated/billing.d.ts';
import type { paths as Own } from './generated/console.d.ts';
import type { paths as Fulfillment } from './generated/fulfillment.d.ts';
import type { paths as Notification } from './generated/notification.d.ts';
import type { paths as Order } from './generated/order.d.ts';
import { problemOf } from './problem.ts';
import { request } from './request.ts';

/** The HTTP API of a service, by the console. Answers are those of its OpenAPI document; everything else is thrown as a `Problem`. */
const serviceAt = <Paths extends object>(name: string, baseUrl: string) => {
  const client: Client<Paths> = createClient<Paths>({
    baseUrl: new URL(baseUrl, location.origin).href,
    fetch: request,
    querySerializer: { array: { style: 'form', explode: false } },
  });
  return {
    name,
    baseUrl,
    ...client,
    /**
     * A GET as a query: `useQuery(order.read('/orders/{orderId}', { params: { path: { orderId } } }))`. Keys begin with the service's name,
     * which is how live events find what is out of date.
     */
    read: <
      Path extends ClientPathsWithMethod<Client<Paths>, 'get'>,
      Init extends MaybeOptionalInit<Paths[Path], 'get' & keyof Paths[Path]>,
    >(
      path: Path,
      init?: Init,
    ) =>
      queryOptions({
        queryKey: [name, path, (init as { params?: unknown } | undefined)?.params] as const,
        queryFn: async ({ signal }): Promise<MethodResponse<Client<Paths>, 'get', Path>> => {
          const ask = client.GET as (path: Path, init: object) => Promise<{ data?: unknown }>;
          return done(ask(path, { ...(init as object | undefined), signal })) as Promise<MethodResponse<Client<Paths>, 'get', Path>>;
        },
      }),
  };
};

const ofOwner = <Paths extends object>(name: string) => serviceAt<Paths>(name, `/api/services/${name}`);

export const access = ofOwner<Access>('access');
export const gateway = ofOwner<Gateway>('amazon-gateway');
export const order = ofOwner<Order>('order');
export const fulfillment = ofOwner<Fulfillment>('fulfillment');
export const billing = ofOwner<Billing>('billing');
export const notification = ofOwner<Notification>('notification');
/** The console's own backend. */
export const own = serviceAt<Own>('console', '/');

/** The answer of a call: `const memo = await done(billing.POST('/credit-memos', { body }))`. @throws Problem */
export const done = async <T>(call: Promise<{ data?: T }>): Promise<T> => {
  try {
    return (await call).data as T;
  } catch (error) {
    throw problemOf(error);
  }
};
