import { type Broker, connectBroker, openQueueGroups } from '@orderbus/messaging';
import { declarations } from '@orderbus/setup';
import { eventually, type TestBroker } from '@orderbus/testkit';

export interface Mischief {
  /** What has gone through so far. */
  readonly events: number;
  readonly late: number;
  readonly twice: number;
  /** Events go their own way again, and none is left behind. */
  leave(): Promise<void>;
  stop(): Promise<void>;
}

const queue = 'mischief';
const retryDelaysMs = [300];
const declaration = { queue, topics: ['nobody.says.this.v1'], retryDelaysMs };

/**
 * Stands in RabbitMQ between all who publish and all who listen. What it is given it hands on in another order: windows are shuffled, a
 * tenth comes later than what followed it, a fifth comes a second time.
 */
export const openMischief = async ({ url, managementUrl }: Pick<TestBroker, 'url' | 'managementUrl'>): Promise<Mischief> => {
  let inHand = 0;
  const broker = connectBroker(url, { name: queue, on: { unsettled: (change) => (inHand += change) } });
  await broker.start();
  await broker.declare(declaration);
  const ways = waysIn(url, managementUrl as string);
  await ways.divert();
  const counts = { events: 0, late: 0, twice: 0 };
  const random = seeded(7);
  const held = new Set<string>();
  const again: Outgoing[] = [];

  await broker.subscribe({ queue, retryDelaysMs, batchSize: 200, batchWaitMs: 30 }, async (batch) => {
    const isLate = batch.map(({ id }) => !held.has(id) && random() < 0.1);
    const now = batch
      .filter((_, index) => !isLate[index])
      .map(({ id, topic, key, body, headers }) => ({ id, topic, key, body: body.toString('utf8'), headers }));
    await hand(broker, shuffled([...now, ...again.splice(0)], random));
    again.push(...now.filter(() => random() < 0.2));
    for (const [index, { id }] of batch.entries()) if (isLate[index]) held.add(id);
    counts.events += now.length;
    counts.late = held.size;
    counts.twice += again.length;
    return isLate.map((late) => (late ? { fate: 'retry', reason: 'later' } : { fate: 'done' }));
  });
  return {
    get events() {
      return counts.events;
    },
    get late() {
      return counts.late;
    },
    get twice() {
      return counts.twice;
    },
    leave: async () => {
      await ways.restore();
      const groups = await openQueueGroups({ adminUrl: url });
      try {
        await eventually(
          async () => {
            const [group] = await groups.list(declaration);
            if (inHand + (group?.messages ?? 0) > 0) throw new Error('events are still held back');
          },
          { withinMs: 60_000, everyMs: 250 },
        );
        await broker.stop();
        await groups.drop(declaration, 1);
      } finally {
        await groups.close();
      }
    },
    stop: () => broker.stop(),
  };
};

type Outgoing = Parameters<Broker['publish']>[0][number];

const hand = async (broker: Broker, messages: readonly Outgoing[]): Promise<void> => {
  const confirmed = await broker.publish(messages);
  if (messages.some(({ id }) => !confirmed.has(id))) throw new Error('not confirmed');
};

/** Every service's own events: to the exchange of all events, as setup has it, or aside to the queue. */
const waysIn = (url: string, managementUrl: string): { divert(): Promise<void>; restore(): Promise<void> } => {
  const { origin, username, password } = new URL(managementUrl);
  const vhost = encodeURIComponent(decodeURIComponent(new URL(url).pathname.slice(1)) || '/');
  const manage = async (method: string, path: string, body?: object): Promise<void> => {
    const answer = await fetch(`${origin}/api/bindings/${vhost}/e/${path}`, {
      method,
      headers: { authorization: `Basic ${btoa(`${username}:${password}`)}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`);
  };
  const told = declarations().flatMap(({ queue: service, tells = [] }) =>
    tells.map((topic) => [`orderbus.${service}.out`, topic] as const),
  );
  const usual = 'e/orderbus.events';
  const aside = `q/orderbus.${queue}`;
  /** The new way first: for a moment there are both, never none. */
  const turn = async (from: string, to: string): Promise<void> => {
    for (const [out, topic] of told) {
      await manage('POST', `${out}/${to}`, { routing_key: topic });
      await manage('DELETE', `${out}/${from}/${topic}`);
    }
  };
  return { divert: () => turn(usual, aside), restore: () => turn(aside, usual) };
};

const shuffled = <T>(items: readonly T[], random: () => number): T[] =>
  items
    .map((item) => [random(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);

const seeded = (seed: number) => (): number => {
  seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32;
  return seed / 2 ** 32;
};
