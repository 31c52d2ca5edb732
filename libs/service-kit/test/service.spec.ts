import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { provision } from '@orderbus/outbox';
import {
  type BrokerKind,
  brokerKinds,
  eventually,
  type TestAccess,
  type TestBroker,
  type TestDatabase,
  testAccess,
  testBroker,
  testDatabase,
} from '@orderbus/testkit';
import { breaker } from '../src/breaker.ts';
import { parseConfig } from '../src/config.ts';
import { buildService, type Service, type ServiceKit } from '../src/service/build-service.ts';
import { ServiceConfig } from '../src/service/settings.ts';

const nobody = { rabbit: 'amqp://guest:guest@127.0.0.1:1', embedded: 'postgres://nobody@127.0.0.1:1/none' };

describe('a service', () => {
  let access: TestAccess;
  beforeAll(async () => {
    access = await testAccess();
  });
  afterAll(() => access.stop());
  const opened: { drop(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.drop();
  });

  const build = async (brokerUrl: string, jobs: (kit: ServiceKit) => [] = () => []): Promise<Service> => {
    const database: TestDatabase = await testDatabase();
    opened.push(database);
    const urls = await provision({ adminUrl: database.url, secret: 'test', tenancies: [{ schema: 'sample', role: 'orderbus_sample' }] });
    const config = parseConfig(ServiceConfig, {
      DATABASE_URL: urls.sample,
      BROKER_URL: brokerUrl,
      ACCESS_URL: access.url,
      LOG_LEVEL: 'silent',
      CIRCUIT_TOLD_AFTER: '0s',
    });
    return buildService(
      {
        name: 'sample',
        description: 'A sample.',
        schema: 'sample',
        entities: [],
        migrations: [],
        subscriptions: [],
        routes: () => [],
        jobs,
      },
      config,
    );
  };

  /** As somebody who may do everything. */
  const ask = (service: Service, path: string, init: RequestInit = {}) =>
    fetch(`${service.url}${path}`, { ...init, headers: { ...init.headers, authorization: access.bearer('sample') } });

  test.each(brokerKinds())('whose %s broker is away answers, says that it is not there, and stops at once', async (kind: BrokerKind) => {
    const service = await build(nobody[kind]);
    await service.start();
    expect((await fetch(`${service.url}/ready`)).status).toBe(200);
    expect(await (await ask(service, '/outbox')).json()).toEqual({ pending: 0, oldestAgeSeconds: 0, brokerHealthy: false });
    const startedAt = performance.now();
    await service.stop();
    expect(performance.now() - startedAt).toBeLessThan(8_000);
    await expect(service.ready()).rejects.toMatchObject({ code: 'service.stopping' });
  });

  test.each(brokerKinds())('that is stopped while it still connects to its %s broker leaves nothing running', async (kind: BrokerKind) => {
    const broker: TestBroker = await testBroker(kind);
    opened.push(broker);
    const service = await build(broker.url);
    await service.start();
    const { url } = service;
    await service.stop();
    await expect(fetch(`${url}/live`)).rejects.toThrow();
  });

  test('tells what it measures and which of its messages wait for a person', async () => {
    const broker: TestBroker = await testBroker();
    opened.push(broker);
    const service = await build(broker.url);
    await service.start();
    await service.ready();
    await eventually(async () => {
      const text = await (await fetch(`${service.url}/metrics`)).text();
      for (const name of ['outbox_pending', 'outbox_oldest_age_seconds', 'pg_pool_total', 'pg_table_bytes', 'pg_oldest_snapshot_seconds'])
        expect(text).toMatch(new RegExp(`^${name}[{ ]`, 'm'));
      expect(text).toMatch(/^outbox_leader{.*} 1$/m);
      expect(text).toMatch(/^dead_letters_open{class="contract".*} 0$/m);
      for (const role of ['publisher', 'consumer']) {
        expect(text).toMatch(new RegExp(`^amqp_connection_state{role="${role}".*} 1$`, 'm'));
        expect(text).toMatch(new RegExp(`^amqp_blocked{role="${role}".*} 0$`, 'm'));
      }
    });
    expect(await (await ask(service, '/dead-letters')).json()).toEqual({ items: [] });
    const missing = await ask(service, '/dead-letters/7/redrive', { method: 'POST' });
    expect({ status: missing.status, body: await missing.json() }).toMatchObject({ status: 404, body: { code: 'dead-letter.unknown' } });
    const unreasoned = await ask(service, '/dead-letters/7/discard', {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    expect(await unreasoned.json()).toMatchObject({ status: 400, errors: [{ field: 'reason' }] });
    await service.stop();
  });

  test('tells by itself which system it does not reach', async () => {
    let call = (): Promise<unknown> => Promise.resolve();
    const service = await build(nobody.rabbit, ({ log, metrics, circuits }) => {
      call = breaker({ name: 'smtp', timeoutMs: 1_000, minimumCalls: 1, log, metrics, watch: circuits.to('smtp') }, () =>
        Promise.reject(new Error('away')),
      );
      return [];
    });
    await call().catch(() => {});
    await service.start();
    await eventually(async () => {
      const rows = await service.database.query('select type, tenant, data from event_log');
      const data = { service: 'sample', system: 'smtp', circuits: ['smtp'], since: expect.any(String) };
      expect(rows).toEqual([{ type: 'operations.circuit_opened', tenant: '*', data }]);
    });
    await service.stop();
  });
});
