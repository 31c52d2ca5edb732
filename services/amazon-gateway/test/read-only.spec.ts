import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AmazonReadOnlySwitched } from '@orderbus/contracts';
import { eventually } from '@orderbus/testkit';
import pg from 'pg';
import { type GatewayHarness, gatewayHarness } from './gateway-harness.ts';

let gateway: GatewayHarness;
beforeAll(async () => {
  gateway = await gatewayHarness({ env: { ORDERBUS_URL: 'https://orders.example' } });
});
afterAll(async () => {
  const drop = `drop database if exists ${original()}_copy with (force)`;
  await gateway.stop();
  await asAdmin([drop]);
});

type Database = GatewayHarness['service']['app']['database'];

const writable = async (database: Database = gateway.service.app.database) =>
  (await database.query<{ id: string }>('select id from writable_store')).map(({ id }) => id);
const switches = () =>
  gateway.service.published(AmazonReadOnlySwitched).map(({ tenant, aggregateVersion, data }) => ({ tenant, aggregateVersion, ...data }));
const installationAt = async (url: string, path = '', init: { method: 'POST' | 'PUT'; body?: object } | undefined = undefined) => {
  const api = gateway.service.at(url);
  const { status, body } = init ? await api.send(init.method, `/installation${path}`, init.body) : await api.get(`/installation${path}`);
  return { status, ...(body as { id?: string }) };
};
const asAdmin = async (sql: readonly string[]): Promise<void> => {
  const admin = new pg.Client({ connectionString: gateway.service.adminUrl.replace(/[^/]+$/, 'postgres') });
  await admin.connect();
  for (const statement of sql) await admin.query(statement);
  await admin.end();
};
const original = () => new URL(gateway.service.adminUrl).pathname.slice(1);
/** A copy of the database beside it. Nobody may be connected meanwhile. */
const copied = async (): Promise<string> => {
  const name = original();
  await asAdmin([
    `alter database ${name} allow_connections false`,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
    `create database ${name}_copy template ${name}`,
    `alter database ${name} allow_connections true`,
  ]);
  return gateway.service.urls.DATABASE_URL.replace(name, `${name}_copy`);
};
const confirm = (url: string) => installationAt(url, '/confirm', { method: 'POST' });

describe('nothing is sent', () => {
  test('for a store that a person has switched to read-only, or has paused', async () => {
    expect(await writable()).toEqual(['na']);
    await gateway.service.send('PATCH', '/stores/na', { readOnly: true });
    await gateway.service.send('PATCH', '/stores/na', { readOnly: true });
    expect(await writable()).toEqual([]);
    expect((await gateway.service.get('/metrics')).body).toMatch(/read_only\{store="na".*} 1/);
    await gateway.service.send('PATCH', '/stores/na', { readOnly: false });
    expect(await writable()).toEqual(['na']);
    await gateway.service.send('POST', '/stores/na/pause');
    expect(await writable()).toEqual([]);
    await gateway.service.send('POST', '/stores/na/resume');
    await eventually(() =>
      expect(switches()).toEqual([
        { tenant: 'na', aggregateVersion: 1, storeId: 'na', readOnly: true, reason: 'person' },
        { tenant: 'na', aggregateVersion: 2, storeId: 'na', readOnly: false, reason: 'person' },
      ]),
    );
  });

  test('for any store while a person has switched off the whole installation; orders are read all the same', async () => {
    const put = (readOnly: boolean) => gateway.service.send('PUT', '/installation/read-only', { readOnly, note: 'stocktaking' });
    expect((await put(true)).body).toMatchObject({
      readOnly: true,
      reason: 'person',
      by: 'Mara',
      note: 'stocktaking',
      needsConfirmation: false,
    });
    expect(await writable()).toEqual([]);
    await gateway.sync();
    await gateway.service.another();
    expect(await writable()).toEqual([]);
    expect((await put(false)).body.readOnly).toBe(false);
    expect(await writable()).toEqual(['na']);
    await eventually(() =>
      expect(switches().filter(({ tenant }) => tenant === '*')).toEqual([
        { tenant: '*', aggregateVersion: 1, readOnly: true, reason: 'person' },
        { tenant: '*', aggregateVersion: 2, readOnly: false, reason: 'person' },
      ]),
    );
  });
});

describe('an installation', () => {
  test('whose address is another switches itself to read-only, until a person confirms it', async () => {
    const moved = gateway.build({ ORDERBUS_URL: 'https://staging.example' });
    await moved.start();
    expect(await installationAt(moved.url)).toMatchObject({
      readOnly: true,
      reason: 'copied-database',
      needsConfirmation: true,
      difference: 'the address is https://staging.example/, it was https://orders.example/',
    });
    expect(await writable()).toEqual([]);
    const refused = await installationAt(moved.url, '/read-only', { method: 'PUT', body: { readOnly: false } });
    expect(refused).toMatchObject({ status: 409, code: 'installation.unconfirmed' });

    for (let twice = 0; twice < 2; twice++)
      expect(await confirm(moved.url)).toMatchObject({ status: 200, readOnly: false, needsConfirmation: false, confirmedBy: 'Mara' });
    expect(await writable()).toEqual(['na']);
    // The former address is now the wrong one.
    await gateway.build({}).start();
    expect(await writable()).toEqual([]);
    await confirm(gateway.service.app.url);
    expect(await writable()).toEqual(['na']);
  });

  test('that runs on a copy of the database sends nothing, whatever its address, until a person confirms it', async () => {
    const { id } = await installationAt(gateway.service.app.url);
    const copy = gateway.build({}, { ...gateway.service.urls, DATABASE_URL: await copied() });
    await copy.start();
    expect(await installationAt(copy.url)).toMatchObject({
      id,
      readOnly: true,
      reason: 'copied-database',
      difference: 'the database is a copy, or was restored from one',
    });
    expect(await writable(copy.database)).toEqual([]);
    const confirmed = await confirm(copy.url);
    expect(confirmed).toMatchObject({ readOnly: false, needsConfirmation: false });
    expect(confirmed.id).not.toBe(id);
    expect(await writable(copy.database)).toEqual(['na']);
  });
});
