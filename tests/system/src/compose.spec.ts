import { beforeAll, describe, expect, test } from '@jest/globals';
import { eventually, type FirstAdmin, firstAdmin } from '@orderbus/testkit';
import { compose, containersOf, docker } from './docker.ts';
import { askWith, everyItem, told } from './http.ts';
import { serviceNames } from './installation.ts';
import { expectEverythingRight } from './judge.ts';
import { everybodyReady, stack } from './stack.ts';

const sell = async (wish: object): Promise<string[]> =>
  (await told('POST', `${stack.sandboxUrl}/sandbox/orders`, wish)).orders.map(({ orderId }: { orderId: string }) => orderId);
const orderBy = (amazonOrderId: string) => told('GET', `${stack.urlOf('order')}/orders/${amazonOrderId}`);

describe('the running Compose stack', () => {
  let admin: FirstAdmin;
  beforeAll(async () => {
    await everybodyReady();
    const said = await compose('logs', '--no-log-prefix', 'access');
    // Each start without an administrator makes another link.
    admin = await firstAdmin(stack.urlOf('access'), said.slice(said.lastIndexOf('/welcome#')));
    askWith(`Bearer ${admin.key}`, ...serviceNames.map((service) => stack.urlOf(service)));
    await eventually(
      async () => {
        expect(await everyItem(`${stack.urlOf('fulfillment')}/stock`)).not.toEqual([]);
      },
      { withinMs: 120_000, everyMs: 500 },
    );
  }, 130_000);

  test('takes an order from the sandbox to reserved, invoiced and told', async () => {
    const [amazonOrderId = ''] = await sell({
      ...{ count: 1, marketplaceId: 'A1PA6795UKMFR9', fulfilledBy: 'MERCHANT', fulfillmentStatus: 'UNSHIPPED', programs: [] },
      lines: [{ sku: 'SKU-TOWEL-3', quantity: 2 }],
    });
    const order = await eventually(async () => {
      const found = await orderBy(amazonOrderId);
      expect(found).toMatchObject({ status: 'processing', stock: 'reserved', billed: [{ totalMinor: found.totals.grandTotalMinor }] });
      return found;
    });
    const { items } = await eventually(async () => {
      const timeline = await told('GET', `${stack.urlOf('order')}/orders/${order.id}/timeline`);
      expect(timeline.incomplete).toEqual([]);
      return timeline;
    });
    expect(new Set(items.map(({ source }: { source: string }) => source))).toEqual(
      new Set(['amazon-gateway', 'order', 'fulfillment', 'billing']),
    );
    await eventually(async () =>
      expect(await everyItem(`${stack.urlOf('notification')}/alerts?orderId=${order.id}`)).toMatchObject([{ kind: 'order-new' }]),
    );
  });

  test('ships an order, hears of it from Amazon, and gives money back', async () => {
    const [amazonOrderId = ''] = await sell({
      ...{ count: 1, marketplaceId: 'A1PA6795UKMFR9', fulfilledBy: 'MERCHANT', fulfillmentStatus: 'UNSHIPPED', programs: [] },
      lines: [{ sku: 'SKU-TOWEL-3', quantity: 2 }],
    });
    const order = await eventually(async () => {
      const found = await orderBy(amazonOrderId);
      expect(found).toMatchObject({ state: 'processing', billed: [{ canceled: false }] });
      return found;
    });
    const [{ lineId }] = order.lines;
    await told('POST', `${stack.urlOf('fulfillment')}/shipments`, {
      orderId: order.id,
      packages: [{ carrier: 'dhl', trackingNumber: 'JD-STACK', lines: [{ lineId, quantity: 2 }] }],
    });
    await eventually(async () => expect(await orderBy(amazonOrderId)).toMatchObject({ state: 'complete', amazonStatus: 'shipped' }));
    // One of two: the order stays complete.
    const memo = await told('POST', `${stack.urlOf('billing')}/credit-memos`, {
      ...{ orderId: order.id, reason: 'customer-return', lines: [{ lineId, quantity: 1 }], shippingMinor: 0 },
    });
    await eventually(async () => expect((await orderBy(amazonOrderId)).money.refundedMinor).toBe(memo.totalMinor));
    const { entries } = await told(
      'GET',
      `${stack.sandboxUrl}/sandbox/ledger?orderId=${amazonOrderId}&operation=POST_PAYMENT_ADJUSTMENT_DATA`,
    );
    expect(entries).toMatchObject([{ effect: 'refunded' }]);
    await eventually(async () => {
      const { items } = await told('GET', `${stack.urlOf('console')}/api/orders/${order.id}/timeline`);
      const types = items.map(({ type }: { type: string }) => type);
      expect(types).toEqual(expect.arrayContaining(['order.created', 'stock.reserved', 'invoice.issued', 'shipment.dispatched']));
    });
  });

  test('shows the pages of the console to whoever is signed in, with all that they load', async () => {
    const url = stack.urlOf('console');
    const as = { cookie: admin.cookie, accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    for (const page of ['/', '/orders', '/ship', '/sync']) {
      const answer = await fetch(`${url}${page}`, { headers: as });
      const html = await answer.text();
      expect([page, answer.status, answer.headers.get('content-type')]).toEqual([page, 200, expect.stringContaining('text/html')]);
      const assets = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path);
      expect(assets.length).toBeGreaterThan(1);
      for (const asset of assets) expect([asset, (await fetch(`${url}${asset}`)).status]).toEqual([asset, 200]);
    }
    const session = await fetch(`${url}/api/session`, { headers: { cookie: admin.cookie, 'sec-fetch-site': 'same-origin' } });
    expect([session.status, await session.json()]).toEqual([200, expect.objectContaining({ permissions: expect.anything() })]);
    expect((await fetch(`${url}/api/session`)).status).toBe(401);
    expect(await told('GET', `${url}/api/overview`)).toHaveProperty('states');
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

  test('keeps its connections to the database when a look at its health is cut off', async () => {
    const [postgres = ''] = await containersOf('postgres');
    const inside = (...command: string[]): Promise<string> => docker('exec', postgres, ...command);
    const left = await inside('sh', '-c', '(sleep 1; exit 2) > /dev/null & echo $!');
    await eventually(() => expect(inside('test', '-d', `/proc/${left.trim()}`)).rejects.toThrow());
    await inside('psql', '-U', 'orderbus', '-c', 'select 1');
    expect(await compose('logs', '--no-log-prefix', 'postgres')).not.toContain('terminating any other active server processes');
  });

  test('changes its data keys while orders come in', async () => {
    const keys = (...command: string[]) =>
      compose('run', '--rm', '--no-deps', '-T', 'setup', 'node', 'deploy/setup/src/keys/main.ts', ...command);
    await sell({ count: 50 });
    const [said] = await Promise.all([keys('rotate', 'buyers'), sell({ count: 50 })]);
    expect(said).toMatch(/^buyers: k2 seals$/m);
    expect(said).toMatch(/^order: buyer_vault\.wrapped_key: \d+ sealed anew/m);
    expect(await keys('status', 'buyers')).toBe('buyers: k2 seals, k1 open as well\n  amazon-gateway needs k2\n  order needs k2');
    await expect(keys('drop', 'buyers')).rejects.toMatchObject({ stderr: expect.stringContaining('keys.on-their-way') });
    await expectEverythingRight(stack, { withinMs: 120_000 });
    await keys('drop', 'buyers', '--now');
    await sell({ count: 20 });
    await expectEverythingRight(stack);
    const logged = await compose('logs', '--no-log-prefix', 'order', 'amazon-gateway');
    expect(logged).toMatch(/"seals":"k2","opens":\["k2"\]/);
    expect(logged).not.toContain('sealing.');
  }, 240_000);

  test('knows each service by a user of its own in the broker, and lets no guest in', async () => {
    const rabbit = async (...command: string[]): Promise<string[]> =>
      (await compose('exec', '-T', 'rabbitmq', 'rabbitmqctl', '-q', ...command)).split(/\s+/);
    expect([...new Set(await rabbit('list_connections', '--no-table-headers', 'user'))].sort()).toEqual(
      serviceNames.map((service) => `orderbus.${service}`).sort(),
    );
    const users = await compose('exec', '-T', 'rabbitmq', 'rabbitmqctl', '-q', 'list_users', '--no-table-headers');
    expect(users).not.toMatch(/^guest\s/m);
    expect(users.match(/administrator/g)).toHaveLength(1);
  });
});
