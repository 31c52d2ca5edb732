import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { AmazonOrderUpdated, eventsByPublisher } from '@orderbus/contracts';
import { type Database, openDatabase } from '@orderbus/outbox';
import { type KeyRing, keyRing } from '@orderbus/service-kit';
import { eventually } from '@orderbus/testkit';
import { schema } from '../src/app.ts';
import { aBuyer, another, managing, seeing, type VaultHarness, vaultHarness } from './vault-harness.ts';

const canaries = {
  name: 'Canaria Birdwhistle',
  email: 'canary-7@marketplace.test',
  street: '7 Canary Cage Walk',
  gift: 'With love from your canary',
  correctedName: 'Corrected Canarino',
  correctedStreet: '8 Corrected Canary Road',
  correctionReason: 'the canary has flown',
};
const buyer = aBuyer({
  name: canaries.name,
  email: canaries.email,
  recipient: { name: canaries.name, lines: [canaries.street], city: 'Sampleton', postalCode: '10115', country: 'DE' },
  gifts: [{ lineId: '1', message: canaries.gift }],
});

const dayMs = 86_400_000;
const daysFromNow = (days: number): string => new Date(Date.now() + days * dayMs).toISOString();

/** Its time is up tomorrow. */
const order = another({ purchasedAt: daysFromNow(-40), shipBy: {}, deliverBy: { to: daysFromNow(-29) } });
/** Never gets in: its event breaks the contract. */
const stranger = another();

let vault: VaultHarness;
let everything: Database;
const logged: string[] = [];

beforeAll(async () => {
  // The log writes to the descriptor itself.
  jest.spyOn(fs, 'writeSync').mockImplementation(((_fd: number, text: string | Uint8Array) => {
    logged.push(String(text));
    return text.length;
  }) as typeof fs.writeSync);
  // The embedded broker keeps its queues in the same database: they are looked through with everything else.
  vault = await vaultHarness({ LOG_LEVEL: 'trace', VAULT_PURGE_EVERY: '100ms' }, 'embedded');
  vault.travel(daysFromNow(0));
  everything = openDatabase({ url: vault.adminUrl, schema, entities: [], migrations: [] });
  await everything.start();
});
afterAll(async () => {
  jest.restoreAllMocks();
  await everything.stop();
  await vault.stop();
});

test('canaries stand in clear nowhere, at no time; and once purged, nobody can open what is left of them', async () => {
  await vault.call('PUT', '/order-settings/store-1', { body: { customerAccounts: 'account' } });
  await vault.show({ snapshot: order, buyer });
  await breakContract(order.orderId);
  await breakContract(stranger.orderId);
  await useBuyer();
  await eventually(async () => expect(await deadLetters()).toHaveLength(2));

  await expectNothingInClear();
  const sealed = await openAll();
  for (const canary of Object.values(canaries)) expect(sealed).toContain(canary);

  vault.travel(daysFromNow(2));
  await eventually(async () => expect((await vault.call('GET', `/orders/${order.orderId}/buyer`)).body.state).toBe('purged'));
  // What was still on its way somewhere, and what Amazon goes on showing.
  await breakContract(order.orderId);
  await vault.show({ snapshot: order, buyer, version: 9 });
  await eventually(async () => expect(await deadLetters()).toHaveLength(3));
  await eventually(async () => expect(await sealedLetters()).toEqual([stranger.orderId]));

  // Of the stranger nobody knows a delivery: he is forgotten when he has been lying there for long enough.
  vault.travel(daysFromNow(31));
  await eventually(async () => expect(await sealedLetters()).toEqual([]));

  await expectNothingInClear();
  expect((await vault.call('GET', '/customers')).body.items).toMatchObject([{ orders: 1, forgotten: true }]);
  const left = await openAll();
  for (const canary of Object.values(canaries)) expect(left).not.toContain(canary);
  expect(await deadLetters()).toHaveLength(3);
});

/** In all ways in which people come to a buyer's data. */
const useBuyer = async (): Promise<void> => {
  const path = `/orders/${order.orderId}`;
  const recipient = {
    name: canaries.correctedName,
    lines: [canaries.correctedStreet],
    city: 'Sampleton',
    postalCode: '10115',
    country: 'DE',
  };
  const corrected = await vault.call('PUT', `${path}/address`, {
    as: managing,
    body: { recipient, reason: canaries.correctionReason },
  });
  const one = await vault.call('GET', `${path}/buyer?purpose=invoice`, { as: seeing });
  const many = await vault.call('POST', '/orders/buyers', {
    as: seeing,
    headers: { 'idempotency-key': randomUUID() },
    body: { purpose: 'packing-slip', orderIds: [order.orderId] },
  });
  // Found by the name, and exported.
  const search = `q=${encodeURIComponent(canaries.name)}`;
  const found = await vault.call('GET', `/orders?${search}`);
  const file = await vault.call('GET', `/orders/export?${search}&format=csv`);
  const later = await vault.call('POST', '/exports', { body: { format: 'csv', filters: { q: canaries.name } } });
  expect([found.body.items.map(({ id }: { id: string }) => id), file.status, later.status]).toEqual([[order.orderId], 200, 202]);
  await eventually(async () =>
    expect((await vault.call('GET', `/exports/${later.body.id}`)).body).toMatchObject({ state: 'done', rows: 1 }),
  );
  const withBuyers = await vault.call('GET', `/orders/export?${search}&columns=buyerName,email,addressLine1`, { as: seeing });
  expect(withBuyers.body).toContain(canaries.correctedStreet);
  const written = await vault.call('GET', `/exports/${later.body.id}/file`);
  for (const { body } of [file, written]) {
    expect(body).toContain(order.amazonOrderId);
    expect(body).not.toContain(canaries.name);
  }
  // A mistake in a request is told without repeating it.
  const wrong = await vault.call('PUT', `${path}/address`, {
    as: managing,
    body: { recipient: { ...recipient, postalCode: canaries.correctedStreet.slice(0, 12) }, reason: canaries.correctionReason },
  });
  expect([corrected.status, one.status, many.status, wrong.status]).toEqual([200, 200, 200, 400]);
  expect(JSON.stringify(one.body)).toContain(canaries.email);
  expect(JSON.stringify(wrong.body)).not.toContain('Canary');
};

/** A message that no handler can read, with the buyer in it as the gateway seals him. */
const breakContract = async (orderId: string): Promise<void> => {
  const data = { orderId, sealedBuyer: vault.ring.seal(buyer, orderId), buyerData: 'present', status: 'nonsense' };
  const id = randomUUID();
  const body = JSON.stringify({
    id,
    type: AmazonOrderUpdated.type,
    version: 1,
    aggregateId: orderId,
    aggregateVersion: 7,
    tenant: 'store-1',
    data,
  });
  expect(await vault.broker.publish([{ id, topic: AmazonOrderUpdated.topic, key: orderId, headers: {}, body }])).toEqual(new Set([id]));
};

const deadLetters = async () => (await vault.call('GET', '/dead-letters')).body.items;

const sealedLetters = async (): Promise<string[]> => {
  const rows = await vault.rows<{ key: string }>(
    `select key from dead_letter where position('sealedBuyer'::bytea in payload) > 0 order by id`,
  );
  return rows.map(({ key }) => key);
};

const expectNothingInClear = async (): Promise<void> => {
  const answers = [];
  for (const path of ['', '/buyer', '/timeline']) answers.push(await vault.call('GET', `/orders/${order.orderId}${path}`));
  for (const path of [
    '/orders',
    `/events/${order.orderId}`,
    '/dead-letters',
    '/audit',
    '/audit/export',
    '/vault/report',
    '/vault/report.csv',
    '/customers',
  ])
    answers.push(await vault.call('GET', path));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  const events = (eventsByPublisher.order ?? []).flatMap((definition) => vault.published(definition));
  const places = { answers: JSON.stringify(answers), events: JSON.stringify(events), logs: logged.join('\n'), tables: await dump() };
  expect(places.logs).toContain('buyer');
  for (const [place, text] of Object.entries(places))
    for (const canary of Object.values(canaries)) expect([place, canary, text.includes(canary)]).toEqual([place, canary, false]);
};

/** Every row of every table of every schema as text, and its bytes read as text. */
const dump = async (): Promise<string> => {
  const tables = await everything.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  expect(tables.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['orders.buyer_vault', 'orders.dead_letter', 'orders.idempotency_key']),
  );
  const rows = await Promise.all(tables.map(({ name }) => everything.query<{ row: string }>(`select t::text as row from ${name} t`)));
  const text = rows
    .flat()
    .map(({ row }) => row)
    .join('\n');
  const bytes = [...text.matchAll(/\\x([0-9a-f]{8,})/g)].map(([, hex = '']) => Buffer.from(hex, 'hex').toString('utf8'));
  return [text, ...bytes].join('\n');
};

/** Everything that the keys open, and that the keys open which lie under those. */
const openAll = async (): Promise<string> => {
  const sealed = [...(await dump()).matchAll(/v1\.[\w-]{1,32}\.[\w-]{16}\.[\w-]{22,}/g)].map(([text]) => text);
  const ids = [order.orderId, stranger.orderId];
  const opened = (ring: KeyRing, contexts: readonly string[]): string[] =>
    sealed.flatMap((text) =>
      contexts.flatMap((context) => {
        try {
          return [JSON.stringify(ring.open(text, context))];
        } catch {
          return [];
        }
      }),
    );
  const orderKeys = opened(
    vault.ring,
    ids.map((id) => `buyer-key:${id}`),
  ).map((key) => keyRing(`order:${JSON.parse(key)}`));
  const contents = orderKeys.flatMap((key) =>
    opened(
      key,
      ids.flatMap((id) => [`buyer:${id}`, `correction:${id}`]),
    ),
  );
  return [...opened(vault.ring, ids), ...contents].join('\n');
};
