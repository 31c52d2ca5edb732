import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { eventually, firstAdmin } from '@orderbus/testkit';
import { askWith, everyItem, told } from './http.ts';
import { expectEverythingRight, type Installation, type ServiceName, serviceNames } from './judge.ts';

const ports: Record<ServiceName, number> = {
  access: 4706,
  'amazon-gateway': 4701,
  order: 4702,
  fulfillment: 4703,
  billing: 4704,
  notification: 4705,
  console: 4707,
};

const stack: Installation = {
  sandboxUrl: 'http://127.0.0.1:4700',
  databaseUrl: 'postgres://orderbus:orderbus@127.0.0.1:4732/orderbus',
  urlOf: (service) => `http://127.0.0.1:${ports[service]}`,
};

const compose = (...command: string[]) => promisify(execFile)('docker', ['compose', ...command]);
const sell = async (wish: object): Promise<string[]> =>
  (await told('POST', `${stack.sandboxUrl}/sandbox/orders`, wish)).orders.map(({ orderId }: { orderId: string }) => orderId);
const orderBy = (amazonOrderId: string) => told('GET', `${stack.urlOf('order')}/orders/${amazonOrderId}`);

describe('the running Compose stack', () => {
  beforeAll(async () => {
    await eventually(
      async () => {
        for (const service of serviceNames) await told('GET', `${stack.urlOf(service)}/ready`);
      },
      { withinMs: 120_000, everyMs: 500 },
    );
    const { stdout } = await compose('logs', '--no-log-prefix', 'access');
    const { key } = await firstAdmin(stack.urlOf('access'), stdout);
    askWith(`Bearer ${key}`, ...serviceNames.map((service) => stack.urlOf(service)));
    await eventually(
      async () => {
        expect(await everyItem(`${stack.urlOf('fulfillment')}/stock`)).not.toEqual([]);
      },
      { withinMs: 120_000, everyMs: 500 },
    );
  }, 130_000);

  test('takes an order from the sandbox to reserved, invoiced and told', async () => {
    const [amazonOrderId = ''] = await sell({
      ...{ count: 1, marketplaceId: 'A1PA6795UKMFR9', fulfilledBy: 'MERCHANT', fulfillmentStatus: 'UNSHIPPED' },
      lines: [{ sku: 'SKU-TOWEL-3', quantity: 2 }],
    });
    const order = await eventually(async () => {
      const found = await orderBy(amazonOrderId);
      expect(found).toMatchObject({ status: 'processing', stock: 'reserved', billed: [{ totalMinor: found.totals.grandTotalMinor }] });
      return found;
    });
    const { items, incomplete } = await told('GET', `${stack.urlOf('order')}/orders/${order.id}/timeline`);
    expect(incomplete).toEqual([]);
    expect(new Set(items.map(({ source }: { source: string }) => source))).toEqual(
      new Set(['amazon-gateway', 'order', 'fulfillment', 'billing']),
    );
    await eventually(async () =>
      expect(await everyItem(`${stack.urlOf('notification')}/alerts?orderId=${order.id}`)).toMatchObject([{ kind: 'order-new' }]),
    );
  });

  test('loses nothing and does nothing twice while its parts are killed', async () => {
    await sell({ count: 100 });
    await compose('kill', '-s', 'SIGKILL', 'order', 'fulfillment');
    await sell({ count: 100 });
    await compose('kill', '-s', 'SIGKILL', 'rabbitmq', 'amazon-gateway');
    await compose('up', '-d', '--no-build', 'rabbitmq');
    await compose('kill', '-s', 'SIGKILL', 'billing');
    await sell({ count: 100 });
    await compose('up', '-d', '--no-build');
    const startedAt = performance.now();
    await expectEverythingRight(stack, { withinMs: 120_000 });
    process.stderr.write(`everything right ${Math.round((performance.now() - startedAt) / 1_000)} s after the last start\n`);
  }, 240_000);

  test('changes its data keys while orders come in', async () => {
    const keys = (...command: string[]) =>
      compose('run', '--rm', '--no-deps', '-T', 'setup', 'node', 'deploy/setup/src/keys/main.ts', ...command);
    await sell({ count: 50 });
    const [{ stdout }] = await Promise.all([keys('rotate', 'buyers'), sell({ count: 50 })]);
    expect(stdout).toMatch(/^buyers: k2 seals$/m);
    expect(stdout).toMatch(/^order: buyer_vault\.wrapped_key: \d+ sealed anew/m);
    expect((await keys('status', 'buyers')).stdout).toBe(
      'buyers: k2 seals, k1 open as well\n  amazon-gateway needs k2\n  order needs k2\n',
    );
    await expect(keys('drop', 'buyers')).rejects.toMatchObject({ stderr: expect.stringContaining('keys.on-their-way') });
    await expectEverythingRight(stack, { withinMs: 120_000 });
    await keys('drop', 'buyers', '--now');
    await sell({ count: 20 });
    await expectEverythingRight(stack, { withinMs: 60_000 });
    const { stdout: said } = await compose('logs', '--no-log-prefix', 'order', 'amazon-gateway');
    expect(said).toMatch(/"seals":"k2","opens":\["k2"\]/);
    expect(said).not.toContain('sealing.');
  }, 240_000);

  test('knows each service by a user of its own in the broker, and lets no guest in', async () => {
    const rabbit = async (...command: string[]): Promise<string[]> =>
      (await compose('exec', '-T', 'rabbitmq', 'rabbitmqctl', '-q', ...command)).stdout.trim().split(/\s+/);
    expect([...new Set(await rabbit('list_connections', '--no-table-headers', 'user'))].sort()).toEqual(
      serviceNames.map((service) => `orderbus.${service}`).sort(),
    );
    const users = (await compose('exec', '-T', 'rabbitmq', 'rabbitmqctl', '-q', 'list_users', '--no-table-headers')).stdout;
    expect(users).not.toMatch(/^guest\s/m);
    expect(users.match(/administrator/g)).toHaveLength(1);
  });

  test('runs as an ordinary user, on a read-only file system', async () => {
    const { stdout } = await compose('exec', '-T', 'order', 'sh', '-c', 'id -u; touch /app/x 2>&1 || true');
    expect(stdout).toMatch(/^1000\n.*Read-only file system/);
  });
});
