import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sellers } from '@orderbus/amazon-sandbox';
import { AmazonShipmentConfirmed } from '@orderbus/contracts';
import { generateKey } from '@orderbus/service-kit';
import { eventually } from '@orderbus/testkit';
import { type WritingHarness, writingHarness } from './writing-harness.ts';

const program = fileURLToPath(new URL('./killed-gateway.ts', import.meta.url));
const node = fileURLToPath(new URL('../../../node_modules/node/bin/node', import.meta.url));

const env = { RETRY_DELAYS: '300ms,1s,2s,4s', ORDERBUS_KEYS: `test:${generateKey()}` };

describe('a gateway killed with SIGKILL while it tells Amazon of a parcel', () => {
  let gateway: WritingHarness;
  let numbers: string[];
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    gateway = await writingHarness({
      env,
      before: async ({ create }) => {
        numbers = await create(2, { lines: [{ sku: 'SKU-MUG-BLUE', quantity: 3 }], programs: [], itemPrograms: [] });
      },
    });
    await gateway.service.app.stop();
  });
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await gateway.stop();
  });

  const run = (moment: string): ChildProcess => {
    const [seller] = sellers;
    const { proxy, service } = gateway;
    const settings = {
      ...{ AMAZON_STORE_ID: 'na', AMAZON_REGION: 'na', AMAZON_POLL_CRON: '0 0 1 1 *', LOG_LEVEL: 'silent' },
      ...{ AMAZON_CLIENT_ID: seller?.clientId, AMAZON_CLIENT_SECRET: seller?.clientSecret, AMAZON_REFRESH_TOKEN: seller?.refreshToken },
      ...{ AMAZON_ENDPOINT: proxy.url, AMAZON_LWA_ENDPOINT: `${proxy.url}/auth/o2/token` },
    };
    const child = spawn(node, [program, moment], { env: { ...settings, ...env, ...service.urls }, stdio: ['ignore', 'ignore', 'inherit'] });
    children.push(child);
    return child;
  };

  test.each(['before-the-call', 'before-the-answer-is-saved'])(
    '%s: Amazon has the parcel exactly once, and everybody hears of it once',
    async (moment) => {
      const number = numbers.pop() ?? '';
      const { orderId } = await gateway.dispatch(number);
      const [code, signal] = await once(run(moment), 'exit');
      expect({ code, signal }).toEqual({ code: null, signal: 'SIGKILL' });

      const survivor = await gateway.service.another();
      // As after `AMAZON_ABANDONED_AFTER`.
      await survivor.database.query('update amazon_command set lease_until = clock_timestamp() where order_id = $1', [orderId]);
      await eventually(() => expect(gateway.told(AmazonShipmentConfirmed).filter(({ data }) => data.orderId === orderId)).toHaveLength(1));
      expect(await gateway.arrived(number)).toMatchObject([{ packageReference: '1', effect: 'created' }]);
      const [command] = await survivor.database.query(
        "select state, attempts, read_back -> 'result' as seen from amazon_command where order_id = $1",
        [orderId],
      );
      expect(command).toEqual(
        moment === 'before-the-call' ? { state: 'done', attempts: 2, seen: 'absent' } : { state: 'done', attempts: 1, seen: 'found' },
      );
      await survivor.stop();
    },
  );
});
