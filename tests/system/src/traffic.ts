import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@orderbus/kernel';
import { buyer } from './canaries.ts';
import { authorized, told } from './http.ts';
import type { Installation, ServiceName } from './installation.ts';
import type { Random } from './random.ts';

/** What the shop and its buyers do, from the first order to the last: sold, changed, canceled by either side, shipped, paid back. */
export interface Traffic {
  start(): void;
  /** No new wishes; those that are open are brought to their end. */
  finish(): Promise<void>;
  /** Sells so many at once, of all kinds. */
  sell(count: number): Promise<string[]>;
  /** Sells one that we ship, and does nothing to it. */
  sellOurs(): Promise<string>;
  /** Waits until an order of ours can be shipped. */
  untilShippable(amazonOrderId: string): Promise<void>;
  /** Ships an order of ours, as soon as it can be; answers when the wish has been accepted. */
  ship(amazonOrderId: string): Promise<void>;
  readonly orders: number;
  /** How often each thing was done. */
  readonly done: Readonly<Record<string, number>>;
}

const germany = 'A1PA6795UKMFR9';
const marketplaces = [germany, 'ATVPDKIKX0DER', 'A1VC38T7YXB528'];
const skus = ['SKU-TOWEL-3', 'SKU-JAR-1L', 'SKU-LUNCH-STL', 'SKU-APRON-GR'];

interface Standing {
  readonly id: string;
  readonly state: string;
  readonly number: string | null;
  readonly billed: readonly { readonly canceled: boolean }[];
}

interface Ours {
  readonly amazonOrderId: string;
  readonly stage: 'sold' | 'shipped';
}

/** A wish that is repeated, with its key, until somebody has answered it. */
interface Wish {
  readonly what: string;
  readonly service: ServiceName;
  readonly path: string;
  readonly key: string;
  readonly body: object;
}

/** By Amazon's clock. */
export const trafficOf = ({ sandboxUrl, urlOf }: Installation, amazon: Clock, random: Random): Traffic => {
  const done: Record<string, number> = {};
  const count = (what: string, times = 1): void => {
    done[what] = (done[what] ?? 0) + times;
  };
  /** Orders that we ship, and what may still happen to them. */
  let ours: Ours[] = [];
  let open: Wish[] = [];
  let orders = 0;
  let running: Promise<void> | undefined;
  let stopping = false;

  const sellSome = async (wish: object): Promise<string[]> => {
    const { orderIds } = await told('POST', `${sandboxUrl}/sandbox/orders`, { ...wish, answer: 'ids' });
    orders += orderIds.length;
    count('sold', orderIds.length);
    return orderIds;
  };
  const patch = (amazonOrderId: string, what: object) => told('PATCH', `${sandboxUrl}/sandbox/orders/${amazonOrderId}`, what);
  const sellOurs = async (): Promise<string> => {
    const [amazonOrderId = ''] = await sellSome({
      ...{ fulfilledBy: 'MERCHANT', fulfillmentStatus: 'UNSHIPPED', programs: [], marketplaceId: random.pick(marketplaces) },
      lines: [{ sku: random.pick(skus), quantity: random.int(1, 3) }],
    });
    // Whatever becomes of it: his name stands in clear nowhere.
    await patch(amazonOrderId, { raw: { buyer: { buyerName: buyer.name, buyerEmail: buyer.email } } });
    return amazonOrderId;
  };

  /** Answers whether somebody has answered, be it with a no: what is unknown or away is asked again under the same key. */
  const ask = async ({ what, service, path, key, body }: Wish): Promise<boolean> => {
    const url = `${urlOf(service)}${path}`;
    const headers = { 'content-type': 'application/json', 'idempotency-key': key, ...authorized(url) };
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body), signal: AbortSignal.timeout(10_000) }).catch(
      () => undefined,
    );
    const code = answer?.status ?? 0;
    await answer?.arrayBuffer().catch(() => {});
    const again =
      code === 0 || code >= 500 || code === 401 || code === 429 || (code === 409 && answer?.headers.has('retry-after') === true);
    if (!again) count(code < 300 ? what : `${what}, refused`);
    return !again;
  };
  const wish = (what: string, service: ServiceName, path: string, body: object): void => {
    open.push({ what, service, path, key: randomUUID(), body });
  };
  const tryOpen = async (): Promise<void> => {
    const before = open;
    open = [];
    for (const one of before) if (!(await ask(one))) open.push(one);
  };

  const standing = async (amazonOrderId: string): Promise<Standing | undefined> => {
    const url = `${urlOf('order')}/orders/${amazonOrderId}`;
    const answer = await fetch(url, { headers: authorized(url), signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    return answer?.ok ? ((await answer.json().catch(() => undefined)) as Standing | undefined) : undefined;
  };
  /** Those who ship have heard of it, too. */
  const shippable = async (order: Standing | undefined): Promise<boolean> => {
    if (order?.state !== 'processing' || order.billed.length === 0) return false;
    const url = `${urlOf('fulfillment')}/orders/${order.id}/shipping`;
    const answer = await fetch(url, { headers: authorized(url), signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    const said = answer?.ok ? ((await answer.json().catch(() => undefined)) as { ship?: { allowed?: boolean } } | undefined) : undefined;
    return said?.ship?.allowed === true;
  };
  const untilShippable = async (amazonOrderId: string): Promise<Standing> => {
    const giveUpAt = performance.now() + 90_000;
    while (true) {
      const order = await standing(amazonOrderId);
      if (order && (await shippable(order))) return order;
      if (performance.now() > giveUpAt) throw new Error(`${amazonOrderId} cannot be shipped: ${JSON.stringify(order)}`);
      await sleep(100);
    }
  };
  const shipIt = ({ id: orderId }: Standing): void => {
    // By Amazon's clock: no parcel leaves before it was sold, or tomorrow.
    const shippedAt = amazon.now().toISOString();
    wish('shipped', 'fulfillment', '/shipments', {
      orderId,
      carrier: 'dhl',
      trackingNumber: `JD-${random.int(100_000, 999_999)}`,
      shippedAt,
    });
  };

  /** What happens to an order of ours that waits to be shipped. */
  const live = async (amazonOrderId: string, order: Standing): Promise<'sold' | 'shipped' | 'left alone'> => {
    const dice = random.next();
    if (dice < 0.5) {
      shipIt(order);
      return 'shipped';
    }
    if (dice < 0.65) wish('canceled by us', 'order', `/orders/${order.id}/cancel`, { reason: 'no-inventory' });
    else if (dice < 0.8) {
      await patch(amazonOrderId, { fulfillmentStatus: 'CANCELLED', cancelledBy: 'BUYER' });
      count('canceled by the buyer');
    } else if (dice < 0.9) {
      await patch(amazonOrderId, { requestCancellation: {} });
      count('buyer asks to cancel');
    }
    return 'left alone';
  };

  /** What was shipped may come back. */
  const comeBack = (order: Standing): void => {
    if (!random.chance(0.5)) return;
    const body = { orderId: order.id, reason: 'customer-return', lines: [], shippingMinor: 0, adjustmentRefundMinor: 100 };
    wish('paid back', 'billing', '/credit-memos', body);
  };

  /** Answers with what may happen to it later. */
  const step = async (one: Ours): Promise<Ours | undefined> => {
    const order = await standing(one.amazonOrderId);
    if (one.stage === 'sold' && order && (await shippable(order)))
      return (await live(one.amazonOrderId, order)) === 'shipped' ? { ...one, stage: 'shipped' } : undefined;
    if (one.stage === 'sold' || order?.state !== 'complete') return one;
    comeBack(order);
    return undefined;
  };

  const turn = async (): Promise<void> => {
    if (random.chance(0.7)) await sellSome({ count: random.int(1, 5) });
    if (random.chance(0.7)) ours.push({ amazonOrderId: await sellOurs(), stage: 'sold' });
    const next: (Ours | undefined)[] = [];
    for (const one of ours) next.push(await step(one));
    ours = next.filter((one) => one !== undefined).slice(-12);
    await tryOpen();
  };

  return {
    done,
    get orders() {
      return orders;
    },
    start: () => {
      stopping = false;
      running = (async () => {
        while (!stopping) {
          await turn();
          await sleep(400);
        }
      })();
      running.catch(() => {});
    },
    finish: async () => {
      stopping = true;
      await running;
      const giveUpAt = performance.now() + 50_000;
      while (open.length > 0) {
        await tryOpen();
        if (open.length > 0 && performance.now() > giveUpAt)
          throw new Error(`Nobody answers: ${open.map(({ what, path }) => `${what} ${path}`).join(', ')}`);
        if (open.length > 0) await sleep(300);
      }
    },
    sell: (many) => sellSome({ count: many }),
    sellOurs,
    untilShippable: async (amazonOrderId) => void (await untilShippable(amazonOrderId)),
    ship: async (amazonOrderId) => {
      shipIt(await untilShippable(amazonOrderId));
      return tryOpen();
    },
  };
};
