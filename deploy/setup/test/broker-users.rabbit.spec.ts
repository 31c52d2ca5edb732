import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { allEvents } from '@orderbus/contracts';
import { applyPolicies, type Broker, connectBroker, type OutgoingMessage, provisionBroker } from '@orderbus/messaging';
import { eventually, type TestVhost, testVhost } from '@orderbus/testkit';
import { type Channel, type ChannelModel, connect } from 'amqplib';
import { brokerPolicies } from '../src/broker-policies.ts';
import { declarations, declareQueues } from '../src/index.ts';

const tenants = declarations();
const retryDelaysMs = [50];
const events = 'orderbus.events';

let vhost: TestVhost;
let admin: Broker;
let urls: Record<string, string>;

const makeUsers = () => provisionBroker({ adminUrl: vhost.url, managementUrl: vhost.managementUrl as string, secret: 'a secret', tenants });

beforeAll(async () => {
  vhost = await testVhost();
  admin = connectBroker(vhost.url, { name: 'setup' });
  await admin.start();
  await declareQueues(admin, retryDelaysMs);
  urls = await makeUsers();
});
afterAll(async () => {
  await admin.stop();
  await vhost.drop();
});

const message = (topic: string, id: string): OutgoingMessage => ({ id, topic, key: 'order', body: '{}', headers: {} });

describe.each(tenants)('the broker user of $queue', ({ queue: service, topics, tells = [] }) => {
  let connection: ChannelModel;
  const queue = `orderbus.${service}`;

  beforeAll(async () => {
    connection = await connect(urls[service] as string);
    connection.on('error', () => {});
  });
  afterAll(() => connection.close());

  /** What the broker says to it; it closes the channel when it refuses. */
  const answerTo = async (work: (channel: Channel) => unknown): Promise<string> => {
    const channel = await connection.createConfirmChannel();
    const closed = once(channel, 'error').then(([error]) => (error as Error).message);
    const done = (async () => {
      await work(channel);
      await channel.waitForConfirms();
      await channel.close();
      return 'allowed';
    })().catch(() => closed);
    return (await Promise.race([done, closed])).replace(/^.*(ACCESS_REFUSED).*$/s, '$1');
  };
  const publish =
    (exchange: string, routingKey: string, headers = {}) =>
    (channel: Channel) =>
      channel.publish(exchange, routingKey, Buffer.from('{}'), { headers });
  const refusedOf = async (attempts: Record<string, (channel: Channel) => unknown>) =>
    Object.fromEntries(await Promise.all(Object.entries(attempts).map(async ([what, work]) => [what, await answerTo(work)])));
  const expectAllRefused = async (attempts: Record<string, (channel: Channel) => unknown>) =>
    expect(await refusedOf(attempts)).toEqual(Object.fromEntries(Object.keys(attempts).map((what) => [what, 'ACCESS_REFUSED'])));

  test.each(tenants.filter((other) => other.queue !== service))('has no way to the queues of $queue', async (other) => {
    const name = `orderbus.${other.queue}`;
    for (const target of [name, `${name}.parked`, `${name}.retry.50`]) {
      await expectAllRefused({
        consume: (channel) => channel.consume(target, () => {}),
        get: (channel) => channel.get(target),
        purge: (channel) => channel.purgeQueue(target),
        delete: (channel) => channel.deleteQueue(target),
        declare: (channel) => channel.assertQueue(target, { durable: true }),
        bind: (channel) => channel.bindQueue(target, events, 'anything'),
        unbind: (channel) => channel.unbindQueue(target, events, 'anything'),
        'publish through the default exchange': publish('', target),
        'publish through the exchange of its owner': publish(`${name}.out`, target),
      });
    }
  });

  test('has no way to what is for nobody, and makes, binds and deletes nothing, not even its own', async () => {
    await expectAllRefused({
      'read what nobody wants': (channel) => channel.get('orderbus.unrouted'),
      'purge what nobody wants': (channel) => channel.purgeQueue('orderbus.unrouted'),
      'add to what nobody wants': publish('orderbus.unrouted', ''),
      'park by hand': publish('orderbus.dead', service),
      'reach its own queue through the default exchange': publish('', queue),
      'go round its own exchange': publish(events, tells[0] ?? ''),
      'declare a queue': (channel) => channel.assertQueue('mine'),
      'declare a queue that the broker names': (channel) => channel.assertQueue('', { exclusive: true }),
      'declare an exchange': (channel) => channel.assertExchange('mine', 'topic'),
      'declare its own queue': (channel) => channel.assertQueue(queue, { durable: true }),
      'bind its own queue': (channel) => channel.bindQueue(queue, events, 'order.created.v1'),
      'bind exchanges': (channel) => channel.bindExchange(`${queue}.out`, events, '#'),
      'delete its own queue': (channel) => channel.deleteQueue(queue),
      ...Object.fromEntries(
        [events, 'orderbus.dead', 'orderbus.unrouted', `${queue}.out`].map((name) => [
          `delete ${name}`,
          (channel: Channel) => channel.deleteExchange(name),
        ]),
      ),
    });
  });

  test('tells nothing in the name of another, by routing key or by copy', async () => {
    const foreign = allEvents.map(({ topic }) => topic).filter((topic) => !tells.includes(topic));
    const channel = await connection.createConfirmChannel();
    const returned: string[] = [];
    channel.on('return', ({ fields }) => returned.push(fields.routingKey));
    for (const key of ['anything', 'orderbus.unrouted', ...foreign]) {
      for (const headers of [{}, { CC: foreign }, { BCC: foreign }]) {
        channel.publish(`${queue}.out`, key, Buffer.from('{}'), { mandatory: true, headers });
      }
    }
    await channel.waitForConfirms();
    expect(returned).toHaveLength(3 * (2 + foreign.length));
    await channel.close();
  });

  test('has no way to other virtual hosts, and none to the management', async () => {
    const elsewhere = new URL(urls[service] as string);
    const credentials = `${decodeURIComponent(elsewhere.username)}:${elsewhere.password}`;
    elsewhere.pathname = '/';
    await expect(connect(elsewhere.href)).rejects.toThrow();
    const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
    const answer = await fetch(`${new URL(vhost.managementUrl as string).origin}/api/overview`, { headers: { authorization } });
    expect([401, 403]).toContain(answer.status);
  });

  test('does all that the service needs: it tells its own events, hears those of others, retries, parks, and is handed them again', async () => {
    const broker = connectBroker(urls[service] as string, { name: service, publishAs: service });
    await broker.start();
    const told = tells.map((topic, index) => message(topic, `told-${index}`));
    expect((await broker.publish(told)).size).toBe(tells.length);
    const [topic] = topics;
    if (topic !== undefined) {
      const heard = message(topic, `heard by ${service}`);
      const [attempts, parked]: [string[], string[]] = [[], []];
      await broker.subscribe({ queue: service, retryDelaysMs }, async (batch) =>
        batch.map(({ id, attempt }) => {
          if (id !== heard.id) return { fate: 'done' };
          attempts.push(`${attempt}${parked.length > 0 ? ' again' : ''}`);
          return parked.length > 0 ? { fate: 'done' } : { fate: 'retry', reason: 'not yet' };
        }),
      );
      await broker.subscribeParked(service, async ({ id }) => void parked.push(id));
      await admin.publish([heard]);
      await eventually(() => expect(parked).toEqual([heard.id]));
      expect((await broker.redeliver(service, [heard])).size).toBe(1);
      await eventually(() => expect(attempts).toEqual(['1', '2', '1 again']));
    }
    await broker.stop();
  });
});

describe('making the users once more', () => {
  test('changes nothing that is right: same passwords, same permissions', async () => {
    expect(await makeUsers()).toEqual(urls);
  });

  test('takes back what somebody has given by hand', async () => {
    const [{ queue: service } = { queue: '' }] = tenants;
    const user = decodeURIComponent(new URL(urls[service] as string).username);
    const { origin, username, password } = new URL(vhost.managementUrl as string);
    const authorization = `Basic ${btoa(`${username}:${password}`)}`;
    await fetch(`${origin}/api/permissions/${vhost.name}/${encodeURIComponent(user)}`, {
      method: 'PUT',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ configure: '.*', write: '.*', read: '.*' }),
    });
    const tryUnrouted = async (): Promise<string> => {
      const connection = await connect(urls[service] as string);
      const channel = await connection.createChannel();
      channel.on('error', () => {});
      const outcome = await channel.get('orderbus.unrouted').then(
        () => 'allowed',
        () => 'refused',
      );
      await connection.close();
      return outcome;
    };
    expect(await tryUnrouted()).toBe('allowed');
    await makeUsers();
    expect(await tryUnrouted()).toBe('refused');
  });

  test('says where the management is, when it is not there', async () => {
    const nowhere = provisionBroker({ adminUrl: vhost.url, managementUrl: 'http://127.0.0.1:1', secret: 's', tenants });
    await expect(nowhere).rejects.toMatchObject({ kind: 'unavailable', code: 'broker.management-unreachable' });
  });

  test('limits how long queues may grow, by policies that an operator can overrule', async () => {
    await applyPolicies({ adminUrl: vhost.url, managementUrl: vhost.managementUrl as string, policies: brokerPolicies });
    const { origin, username, password } = new URL(vhost.managementUrl as string);
    const authorization = `Basic ${btoa(`${username}:${password}`)}`;
    await eventually(async () => {
      const answer = await fetch(`${origin}/api/queues/${vhost.name}`, { headers: { authorization } });
      const queues = (await answer.json()) as { name: string; policy?: string; effective_policy_definition: object }[];
      const limits = Object.fromEntries(queues.map(({ name, policy }) => [name, policy]));
      expect(limits).toMatchObject({ 'orderbus.unrouted': 'orderbus-unrouted' });
      for (const { queue } of tenants.filter(({ topics }) => topics.length > 0))
        expect(limits).toMatchObject({ [`orderbus.${queue}`]: 'orderbus', [`orderbus.${queue}.retry.50`]: 'orderbus' });
    });
  });
});
