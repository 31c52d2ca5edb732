import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { applyPolicies, connectBroker, expectedTopology, lookAtRabbit } from '@orderbus/messaging';
import { declarationOf } from '@orderbus/service-kit';
import { eventually, type TestBroker, testBroker } from '@orderbus/testkit';
import { type Channel, connect } from 'amqplib';
import { brokerPolicies } from '../src/broker-policies.ts';
import { broker as brokerCheck } from '../src/doctor/checks/broker.ts';
import { queues } from '../src/doctor/checks/queues.ts';
import type { Place, Visit } from '../src/doctor/visit.ts';
import { residents } from '../src/index.ts';

let broker: TestBroker;
const billing = residents.find(({ name }) => name === 'billing') as (typeof residents)[number];

beforeAll(async () => {
  broker = await testBroker('rabbit');
  const setup = connectBroker(broker.url, { name: 'setup' });
  await setup.start();
  await setup.declare(declarationOf(billing));
  await setup.stop();
  const { url: adminUrl, managementUrl } = broker;
  if (managementUrl) await applyPolicies({ adminUrl, managementUrl, policies: brokerPolicies });
});
afterAll(() => broker.drop());

/** As if the doctor looked at billing alone. */
const visit = (url = broker.url): Visit => {
  const environment = { BROKER_URL: url };
  const admin = broker.managementUrl ? { adminUrl: broker.url, managementUrl: broker.managementUrl } : undefined;
  const place: Place = {
    name: 'here',
    patients: [{ resident: billing, environment, knows: 'handed-out' }],
    ...(admin && { broker: admin }),
  };
  return { place } as Visit;
};

test('what setup has made is found whole, and each thing that is gone is named', async () => {
  expect((await brokerCheck.examine(visit()))[0]).toMatchObject({
    about: 'billing',
    says: expect.stringMatching(/^(RabbitMQ|is let in; RabbitMQ) \d+\.\d+/),
  });
  expect((await queues.examine(visit())).filter(({ verdict }) => verdict !== 'ok')).toMatchObject([
    { verdict: 'warn', about: 'orderbus.billing', says: 'is read by nobody', todo: expect.stringContaining('Start its service') },
  ]);
  expect(await lookAtRabbit(broker.url, await expectedTopology([declarationOf(billing)]))).toMatchObject({
    missing: [],
    depths: { 'orderbus.billing': 0 },
  });

  const connection = await connect(broker.url);
  await whatTheManagementShows(await connection.createChannel());
  const channel = await connection.createChannel();
  await channel.deleteQueue('orderbus.billing.retry.5000');
  await channel.deleteExchange('orderbus.dead');
  await connection.close();
  const [finding] = await queues.examine(visit());
  expect(finding).toMatchObject({ verdict: 'fail', says: 'is missing orderbus.dead, orderbus.billing.retry.5000' });
});

/** By the management of a server that is really there: what a service alone does not see. */
const whatTheManagementShows = async (channel: Channel): Promise<void> => {
  if (!broker.managementUrl) return;
  const [binding] = billing.subscriptions.map(({ event }) => event.topic);
  await channel.unbindQueue('orderbus.billing', 'orderbus.events', binding as string);
  await channel.deleteQueue('orderbus.billing.retry.30000');
  await channel.assertQueue('orderbus.billing.retry.30000', { durable: true, arguments: { 'x-queue-type': 'quorum' } });
  const { username, password, pathname } = new URL(broker.url);
  const made = await fetch(`${new URL(broker.managementUrl).origin}/api/policies/${pathname.slice(1)}/shortens`, {
    method: 'PUT',
    headers: { authorization: `Basic ${btoa(`${username}:${password}`)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ pattern: '^orderbus', definition: { 'max-length': 10 } }),
  });
  expect(made.ok).toBe(true);
  const findings = await eventually(async () => {
    const found = (await queues.examine(visit())).filter(({ verdict, says }) => verdict !== 'ok' && says !== 'is read by nobody');
    expect(found).toHaveLength(4);
    return found;
  });
  expect(findings).toMatchObject([
    {
      verdict: 'fail',
      about: 'orderbus.billing.retry.30000',
      says: expect.stringContaining('another queue'),
      todo: expect.stringContaining('delete it'),
    },
    {
      verdict: 'fail',
      about: 'orderbus.billing.retry.30000',
      says: expect.stringMatching(/^does not get orderbus\.billing\.retry\.30000/),
    },
    {
      verdict: 'fail',
      about: 'orderbus.billing',
      says: `does not get ${binding} from orderbus.events`,
      todo: expect.stringContaining('Run setup'),
    },
    {
      verdict: 'warn',
      about: 'policy shortens',
      says: expect.stringContaining('max-length'),
      todo: expect.stringContaining('drops nothing'),
    },
  ]);
};

test('a user who is not let in is told from a server that is not there, and no password is shown', async () => {
  const stranger = new URL(broker.url);
  stranger.password = 'canary-7f3a';
  const [refused] = await brokerCheck.examine(visit(stranger.href));
  expect(refused).toMatchObject({ verdict: 'fail', todo: expect.stringMatching(/password.*run setup/) });
  stranger.port = '1';
  const [away] = await brokerCheck.examine(visit(stranger.href));
  expect(away).toMatchObject({ verdict: 'fail', todo: expect.stringMatching(/broker runs/) });
  expect(JSON.stringify([refused, away])).not.toContain('canary');
});
