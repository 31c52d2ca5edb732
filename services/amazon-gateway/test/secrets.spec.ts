import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sellers } from '@orderbus/amazon-sandbox';
import { AmazonSecretExpiring, AmazonSecretRenewed, type Event } from '@orderbus/contracts';
import type { Service } from '@orderbus/service-kit';
import { eventually } from '@orderbus/testkit';
import { tellSecrets } from '../src/jobs/watch-secrets.ts';
import { secretWatches } from '../src/store/secret-watch.ts';
import { type GatewayHarness, gatewayHarness } from './gateway-harness.ts';

const dayMs = 86_400_000;
const europe = sellers.find(({ region }) => region === 'EU');
if (!europe) throw new Error('the sandbox sells nothing in Europe');
const { clientId, clientSecret, refreshToken } = europe;

let travelledMs = 0;
const clock = { now: () => new Date(Date.now() + travelledMs) };
const travel = (days: number) => {
  travelledMs += days * dayMs;
};

let gateway: GatewayHarness;
let other: Service;
beforeAll(async () => {
  gateway = await gatewayHarness({ clock });
  other = await gateway.service.another();
  const body = { id: 'europe', name: 'Europe', region: 'eu', credentials: { clientId, clientSecret, refreshToken } };
  expect((await gateway.service.send('POST', '/stores', body)).status).toBe(201);
});
afterAll(() => gateway.stop());

const lifetimesMs = { 'client-secret': 180 * dayMs, authorization: 365 * dayMs };
const look = ({ execution, log }: Service) => tellSecrets({ execution, secrets: secretWatches(clock), lifetimesMs, log });
/** Both instances, at the same time and once more: of two that write the first row together, one has to start over. */
const bothLook = async () => {
  await Promise.allSettled([look(gateway.service.app), look(other)]);
  await look(other);
};

const inWords = ({ data, aggregateVersion }: Event<{ storeId: string; secret: string; daysBefore?: number }>) =>
  `${data.storeId} ${data.secret} ${data.daysBefore ?? 'renewed'} v${aggregateVersion}`;
const told = () => [
  ...gateway.service.published(AmazonSecretExpiring).map(inWords),
  ...gateway.service.published(AmazonSecretRenewed).map(inWords),
];
const toldOf = (store: string) =>
  told()
    .filter((words) => words.startsWith(store))
    .map((words) => words.slice(store.length + 1));

test('a secret is told of once before its end by two instances, and taken back when it is renewed, over HTTP or in the environment', async () => {
  travel(149);
  await bothLook();
  travel(2);
  await bothLook();
  await eventually(() => expect(told().sort()).toEqual(['europe client-secret 30 v1', 'na client-secret 30 v1']));
  expect(JSON.stringify(gateway.service.published(AmazonSecretExpiring))).not.toContain(clientSecret);

  await gateway.service.send('PUT', '/stores/europe/credentials', { clientId, clientSecret: 'another-one', refreshToken });
  await bothLook();
  const restarted = gateway.build({ AMAZON_CLIENT_SECRET: 'another-one' });
  await restarted.start();
  await eventually(() => {
    for (const store of ['na', 'europe']) expect(toldOf(store)).toEqual(['client-secret 30 v1', 'client-secret renewed v2']);
  });
});

test('a store that is deleted is warned of no more', async () => {
  travel(185);
  await bothLook();
  await eventually(() => expect(toldOf('europe')).toContain('client-secret 0 v3'));
  expect(toldOf('europe')).toContain('authorization 30 v1');
  expect((await gateway.service.send('DELETE', '/stores/europe', { confirm: 'europe' })).status).toBeLessThan(300);
  await bothLook();
  await eventually(() =>
    expect(toldOf('europe')).toEqual(expect.arrayContaining(['client-secret renewed v4', 'authorization renewed v2'])),
  );
});
