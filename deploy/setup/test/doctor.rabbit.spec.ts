import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { connectBroker, expectedTopology, lookAtRabbit } from '@orderbus/messaging';
import { declarationOf } from '@orderbus/service-kit';
import { type TestBroker, testBroker } from '@orderbus/testkit';
import { connect } from 'amqplib';
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
  expect((await queues.examine(visit())).filter(({ verdict }) => verdict !== 'ok')).toEqual([]);
  expect(await lookAtRabbit(broker.url, await expectedTopology([declarationOf(billing)]))).toMatchObject({
    missing: [],
    depths: { 'orderbus.billing': 0 },
  });

  const connection = await connect(broker.url);
  const channel = await connection.createChannel();
  await channel.deleteQueue('orderbus.billing.retry.5000');
  await channel.deleteExchange('orderbus.dead');
  await connection.close();
  const [finding] = await queues.examine(visit());
  expect(finding).toMatchObject({ verdict: 'fail', says: 'is missing orderbus.dead, orderbus.billing.retry.5000' });
});

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
