import { type Broker, connectBroker } from '@orderbus/messaging';
import { declarations } from '@orderbus/setup';
import type { TestBroker } from '@orderbus/testkit';

export interface Mischief {
  /** What has gone through so far. */
  readonly events: number;
  readonly late: number;
  readonly twice: number;
  stop(): Promise<void>;
}

const queue = 'mischief';
const retryDelaysMs = [300];

/**
 * Stands in RabbitMQ between all who publish and all who listen. What it is given it hands on in another order: windows are shuffled, a
 * tenth comes later than what followed it, a fifth comes a second time.
 */
export const openMischief = async ({ url, managementUrl }: Pick<TestBroker, 'url' | 'managementUrl'>): Promise<Mischief> => {
  const broker = connectBroker(url, { name: queue });
  await broker.start();
  await broker.declare({ queue, topics: ['nobody.says.this.v1'], retryDelaysMs });
  await divert(url, managementUrl as string);
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
    stop: () => broker.stop(),
  };
};

type Outgoing = Parameters<Broker['publish']>[0][number];

const hand = async (broker: Broker, messages: readonly Outgoing[]): Promise<void> => {
  const confirmed = await broker.publish(messages);
  if (messages.some(({ id }) => !confirmed.has(id))) throw new Error('not confirmed');
};

/** Turns every service's own events aside, from the exchange of all events to the queue. */
const divert = async (url: string, managementUrl: string): Promise<void> => {
  const { origin, username, password } = new URL(managementUrl);
  const vhost = encodeURIComponent(decodeURIComponent(new URL(url).pathname.slice(1)));
  const manage = async (method: string, path: string, body?: object): Promise<void> => {
    const answer = await fetch(`${origin}/api/bindings/${vhost}/e/${path}`, {
      method,
      headers: { authorization: `Basic ${btoa(`${username}:${password}`)}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`);
  };
  for (const { queue: service, tells = [] } of declarations())
    for (const topic of tells) {
      await manage('POST', `orderbus.${service}.out/q/orderbus.${queue}`, { routing_key: topic });
      await manage('DELETE', `orderbus.${service}.out/e/orderbus.events/${topic}`);
    }
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
