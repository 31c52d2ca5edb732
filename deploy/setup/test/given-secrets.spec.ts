import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { provisionBroker } from '@orderbus/messaging';
import { openDatabase, provision } from '@orderbus/outbox';
import { type TestDatabase, testDatabase } from '@orderbus/testkit';
import { declarations, residents, tenancyOf } from '../src/index.ts';
import { newServiceSecrets } from '../src/kubernetes/new-secrets.ts';
import { givenSecrets } from '../src/secrets/given.ts';

let database: TestDatabase;
let folder: string;
let given: Record<string, Record<string, string>>;

const serverOf = (address: string): string => {
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.href;
};

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'given-'));
  const made = newServiceSecrets({ databaseUrl: serverOf(database.url), brokerUrl: 'amqp://rabbitmq:5672' });
  given = Object.fromEntries(Object.entries(made).map(([name, files]) => [name, { ...files }]));
});

/** As a pod sees its Secrets. */
const show = async (): Promise<void> => {
  for (const [service, files] of Object.entries(given)) {
    await mkdir(join(folder, service), { recursive: true });
    for (const [name, value] of Object.entries(files)) await writeFile(join(folder, service, name), value);
  }
};
const put = (service: string, name: string, value: string): void => {
  (given[service] as Record<string, string>)[name] = value;
};

const complaint = async (): Promise<string> => {
  await show();
  const message = await givenSecrets(folder).then(
    () => 'none',
    (error: Error) => error.message,
  );
  await rm(folder, { recursive: true });
  return message;
};

describe('secrets that somebody else keeps', () => {
  test("are the passwords that the services' roles get, with which migrations run; and nothing is written", async () => {
    await show();
    const before = await readdir(folder, { recursive: true });
    const secrets = await givenSecrets(folder);
    // Roles belong to the whole server: these are nobody else's.
    const tenancies = residents.map(({ schema }) => ({ schema, role: `given_${tenancyOf({ schema }).role}` }));
    const urls = await provision({ adminUrl: database.url, secret: (role) => secrets.database(role.replace(/^given_/, '')), tenancies });
    await secrets.handOutDatabases(urls);
    expect(await readdir(folder, { recursive: true })).toEqual(before);

    for (const { name, schema, migrations } of residents) {
      const url = new URL(given[name]?.['database-url'] ?? '');
      url.username = `given_${url.username}`;
      const opened = openDatabase({ url: url.href, schema, migrations, entities: [] });
      await opened.start();
      expect(await opened.query('select current_schema() as schema')).toEqual([{ schema }]);
      await opened.stop();
    }
  });

  test("are the passwords that the services' users of the broker get", async () => {
    await show();
    const secrets = await givenSecrets(folder);
    const put: Record<string, unknown> = {};
    const management = createServer(async (request, response) => {
      put[decodeURIComponent(request.url ?? '')] = JSON.parse(await text(request));
      response.writeHead(204).end();
    }).listen(0, '127.0.0.1');
    await once(management, 'listening');
    const managementUrl = `http://127.0.0.1:${(management.address() as AddressInfo).port}`;
    const adminUrl = 'amqp://admin:admin@rabbitmq:5672';
    const users = await provisionBroker({ adminUrl, managementUrl, secret: secrets.broker, tenants: declarations() });
    management.close();

    for (const { name } of residents) {
      expect(users[name]).toBe(given[name]?.['broker-url']);
      expect(put[`/api/users/orderbus.${name}`]).toEqual({ password: new URL(users[name] as string).password, tags: '' });
    }
  });

  test('fit together when they are new', async () => {
    expect(await complaint()).toBe('none');
  });

  test('are refused when a role is not the one of its service', async () => {
    put('billing', 'database-url', given.order?.['database-url'] ?? '');
    expect(await complaint()).toContain('billing/database-url: expected postgres://orderbus_billing:…@host/database');
  });

  test("are refused when two who share a buyer's keys have different ones, when a secret is not the one that access knows, and when files are missing", async () => {
    put('order', 'keys', 'k1:other');
    put('console', 'service-secret', 'x'.repeat(43));
    delete given.fulfillment;
    const message = await complaint();
    expect(message).toContain('order/keys: expected the same as amazon-gateway/keys');
    expect(message).toContain('access/service-secrets: expected console:<sha256 of console/service-secret>');
    expect(message).toContain('fulfillment/database-url');
    expect(message).not.toContain('other');
  });
});

test('what is made new for one installation opens nothing of another', () => {
  const servers = { databaseUrl: 'postgres://postgres-rw:5432/orderbus', brokerUrl: 'amqp://rabbitmq:5672' };
  const [first, second] = [newServiceSecrets(servers), newServiceSecrets(servers)];
  const values = Object.values(first).flatMap((files) => Object.values(files));
  for (const files of Object.values(second)) for (const value of Object.values(files)) expect(values).not.toContain(value);
  expect(Object.keys(first).sort()).toEqual([...residents.map(({ name }) => name), 'setup'].sort());
});
