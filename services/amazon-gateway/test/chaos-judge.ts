import { AmazonOrderImported, AmazonOrderUpdated } from '@orderbus/contracts';
import { readOrder } from '../src/amazon/read-order.ts';
import type { Snapshot } from '../src/domain/translate.ts';
import type { Wish } from './chaos-shop.ts';
import { commandIdOf } from './chaos-shop.ts';
import type { LedgerEntry } from './feeds-harness.ts';
import type { GatewayHarness } from './gateway-harness.ts';

interface TrueOrder {
  readonly orderId: string;
  readonly lastUpdatedTime: string;
}

/** Amazon's side, with nothing hidden. */
export const amazonsOrders = async ({ sandbox, sellerId }: GatewayHarness): Promise<TrueOrder[]> => {
  const all: TrueOrder[] = [];
  for (let after: number | undefined = 0; after !== undefined; ) {
    const page = (await (await fetch(`${sandbox.url}/sandbox/orders?sellerId=${sellerId}&limit=1000&after=${after}`)).json()) as {
      orders: TrueOrder[];
      after?: number;
    };
    all.push(...page.orders);
    after = page.after;
  }
  return all;
};

export const amazonsLedger = async ({ sandbox }: GatewayHarness): Promise<LedgerEntry[]> => {
  const { entries } = (await (await fetch(`${sandbox.url}/sandbox/ledger?limit=10000`)).json()) as { entries: LedgerEntry[] };
  return entries;
};

/** What the gateway has told about each order, oldest first. */
const told = ({ service }: GatewayHarness): Map<string, Snapshot[]> =>
  Map.groupBy(
    [AmazonOrderImported, AmazonOrderUpdated]
      .flatMap((definition) => service.published(definition))
      .sort((a, b) => a.aggregateVersion - b.aggregateVersion)
      .map(({ data }) => data),
    ({ amazonOrderId }) => amazonOrderId,
  );

/** Orders that Amazon had changed before the watermark, and that the gateway has not seen so. `hidden` ones were kept from it. */
export const behindTheCursor = async (harness: GatewayHarness, hidden: ReadonlySet<string>): Promise<string[]> => {
  const { watermark = '' } = await harness.store();
  const known = new Map(
    (
      await harness.service.app.database.query<{ amazonOrderId: string; updatedAt: string }>(
        'select amazon_order_id as "amazonOrderId", amazon_updated_at as "updatedAt" from amazon_order',
      )
    ).map(({ amazonOrderId, updatedAt }) => [amazonOrderId, updatedAt]),
  );
  return (await amazonsOrders(harness))
    .filter(({ orderId, lastUpdatedTime }) => lastUpdatedTime <= watermark && !hidden.has(orderId) && !known.has(orderId))
    .map(({ orderId }) => orderId);
};

/** Everything that is not the same on both sides. */
export const differences = async (harness: GatewayHarness): Promise<string[]> => {
  const truth = new Map((await amazonsOrders(harness)).map((order) => [order.orderId, order]));
  const ours = told(harness);
  const missing = [...truth.keys()].filter((id) => !ours.has(id)).map((id) => `${id} is missing here`);
  const strange = [...ours.keys()].filter((id) => !truth.has(id)).map((id) => `${id} is not Amazon's`);
  const other = [...ours].flatMap(([id, snapshots]) => {
    const reading = readOrder(truth.get(id), 'na');
    const last = snapshots.at(-1);
    if (reading.kind !== 'order' || !last) return [`${id} cannot be compared`];
    const [here, there] = [essenceOf(last), essenceOf(reading.translation.snapshot)];
    return here === there ? [] : [`${id}: here ${here}, at Amazon ${there}`];
  });
  return [...missing, ...strange, ...other];
};

const essenceOf = ({ status, lines, packages = [], cancelRequested }: Snapshot): string =>
  JSON.stringify({
    status,
    lines: lines.map(({ lineId, quantity, quantityShipped }) => [lineId, quantity, quantityShipped]).sort(),
    packages: packages.map(({ reference, trackingNumber, lines: packed }) => [reference, trackingNumber, packed.length]).sort(),
    cancelRequested: cancelRequested !== undefined,
  });

/** Orders that were told as new more or less than once, or whose versions have holes. */
export const toldWrongly = ({ service }: GatewayHarness): string[] => {
  const events = [AmazonOrderImported, AmazonOrderUpdated].flatMap((definition) => service.published(definition));
  const byOrder = Map.groupBy(new Map(events.map((event) => [event.id, event])).values(), ({ data }) => data.amazonOrderId);
  return [...byOrder].flatMap(([id, own]) => {
    const versions = own.map(({ aggregateVersion }) => aggregateVersion).sort((a, b) => a - b);
    const imported = own.filter(({ type }) => type === AmazonOrderImported.type).length;
    return imported === 1 && versions.every((version, n) => version === n + 1) ? [] : [`${id}: ${imported} times new, ${versions}`];
  });
};

/** How often each wish had its effect at Amazon: once if it is done, never if it failed. */
export const notOncePerIntent = async (harness: GatewayHarness, wishes: readonly Wish[]): Promise<string[]> => {
  const ledger = (await amazonsLedger(harness)).filter(({ effect }) => effect !== 'refused');
  const states = new Map(
    (await harness.service.app.database.query<{ id: string; state: string }>('select id, state from amazon_command')).map(
      ({ id, state }) => [id, state],
    ),
  );
  return wishes.flatMap((wish) => {
    const state = states.get(commandIdOf(wish));
    const effects = ledger.filter((entry) => entry.orderId === wish.amazonOrderId && isOf(wish, entry)).length;
    const expected = state === 'done' ? 1 : 0;
    return (state === 'done' || state === 'failed') && effects === expected
      ? []
      : [`${wish.kind} of ${wish.amazonOrderId}: ${state}, and ${effects} times at Amazon`];
  });
};

const isOf = (wish: Wish, { effect, request }: LedgerEntry): boolean => {
  if (wish.kind === 'shipment') return request?.packageDetail?.trackingNumber === wish.tracking;
  return effect === (wish.kind === 'refund' ? 'refunded' : 'cancelled');
};
