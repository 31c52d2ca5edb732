import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sellers } from '@orderbus/amazon-sandbox';
import { createLog } from '@orderbus/service-kit';
import { eventually } from '@orderbus/testkit';
import type { Poller } from '../src/jobs/poller.ts';
import { nextPollOf } from '../src/jobs/schedule.ts';
import { scheduler } from '../src/jobs/scheduler.ts';
import { giveBack, renewLease, takeLease } from '../src/store/sync-cursor.ts';
import { type GatewayHarness, gatewayHarness } from './gateway-harness.ts';

const log = createLog({ service: 'test', level: 'silent' });

/** Stores that are told when to begin, on a clock that moves when the test says so. */
const watched = (count: number, cron: string) => {
  let now = Date.parse('2026-03-01T10:01:00Z');
  const begun = new Map<string, (Date | undefined)[]>();
  const stores = new Map(
    Array.from({ length: count }, (_, n) => {
      const id = `store-${n}`;
      const begin: Poller['begin'] = (scheduledFor) => {
        begun.set(id, [...(begun.get(id) ?? []), scheduledFor]);
        return 'started';
      };
      return [id, { store: { id, cron }, poller: { begin, interrupt: async () => {}, stop: async () => {} } }];
    }),
  );
  const loop = scheduler({ active: () => [...stores.values()] as never, clock: { now: () => new Date(now) }, log });
  return {
    stores,
    begun,
    setBack: (seconds: number) => {
      now -= seconds * 1_000;
    },
    pass: (seconds: number) => {
      for (let second = 0; second < seconds; second++) {
        now += 1_000;
        loop.turn();
      }
    },
  };
};

describe('a thousand stores', () => {
  test('are polled once when they appear and once at each time of their pattern, spread over half a minute', () => {
    const { begun, pass } = watched(1_000, '*/5 * * * *');
    pass(1);
    expect([...begun.values()]).toEqual(Array.from({ length: 1_000 }, () => [undefined]));
    pass(300 + 30);
    expect([...begun.values()].every((times) => times.length === 2)).toBe(true);

    const times = [...begun.values()].map(([, time]) => time?.getTime() ?? 0);
    const from = Date.parse('2026-03-01T10:05:00Z');
    expect(Math.min(...times)).toBeGreaterThanOrEqual(from);
    expect(Math.max(...times)).toBeLessThan(from + 30_000);
    const perSecond = Map.groupBy(times, (time) => Math.floor(time / 1_000));
    expect(Math.max(...[...perSecond.values()].map((group) => group.length))).toBeLessThan(70);

    pass(300);
    expect([...begun.values()].every((all) => all.length === 3)).toBe(true);
  });

  test('come, go and change their pattern while they are polled', () => {
    const { stores, begun, pass } = watched(2, '*/5 * * * *');
    pass(1);
    const [first] = stores.values();
    stores.delete('store-1');
    if (first) stores.set('store-0', { ...first, store: { id: 'store-0', cron: '*/2 * * * *' } });
    pass(600);
    expect(begun.get('store-0')).toHaveLength(1 + 5);
    expect(begun.get('store-1')).toHaveLength(1);
  });
});

test('a clock that was an hour ahead and is set back keeps nobody from being polled', () => {
  const { begun, pass, setBack } = watched(3, '*/5 * * * *');
  pass(1);
  setBack(3_600);
  pass(360);
  expect([...begun.values()].map((times) => times.length)).toEqual([2, 2, 2]);
});

test('a pattern with seconds means these seconds', () => {
  const now = new Date('2026-03-01T10:00:00.300Z');
  expect(nextPollOf({ id: 'any', cron: '*/2 * * * * *' }, now)).toEqual(new Date('2026-03-01T10:00:02Z'));
});

describe('of all stores', () => {
  const [seller] = sellers;
  const many = Array.from({ length: 25 }, (_, n) => `store-${n}`);
  let gateway: GatewayHarness;
  let [running, most] = [0, 0];

  beforeAll(async () => {
    const { clientId, clientSecret, refreshToken } = seller ?? {};
    const nobody = Object.fromEntries(['REGION', 'CLIENT_ID', 'CLIENT_SECRET', 'REFRESH_TOKEN'].map((name) => [`AMAZON_${name}`, '']));
    gateway = await gatewayHarness({
      env: { ...nobody, AMAZON_STORES: JSON.stringify(many.map((id) => ({ id, region: 'na', clientId, clientSecret, refreshToken }))) },
      before: async ({ proxy, sandbox }) => {
        const { promise: full, resolve } = Promise.withResolvers<void>();
        /** Long enough for whoever else would begin. */
        const aWhile = async () => {
          for (let n = 0; n < 50; n++) await fetch(`${sandbox.url}/health`);
        };
        proxy.onSearch = () => {
          running += 1;
          most = Math.max(most, running);
          if (running === 20) void aWhile().then(resolve);
          return {
            rewrite: async (body) => {
              await full;
              running -= 1;
              return body;
            },
          };
        };
      },
    });
  });
  afterAll(() => gateway.stop());

  test('at most twenty are read at the same time, and all of them in the end', async () => {
    await eventually(async () => {
      const { items } = (await gateway.service.get('/stores')).body;
      expect(items.map(({ status }: { status: string }) => status)).toEqual(many.map(() => 'ok'));
    });
    expect(most).toBe(20);
  });

  test('each scheduled time is served by one instance, and each later one again', async () => {
    const { database } = gateway.service.app;
    const lease = (owner: string, at: string) => takeLease(database, 'store-0', owner, new Date(), { scheduledFor: new Date(at) });
    const taken = await lease('one', '2026-03-01T10:05:07Z');
    if (!taken) throw new Error('the first instance was refused');
    await giveBack(database, taken.lease);
    expect(await lease('two', '2026-03-01T10:05:07Z')).toBeUndefined();
    const later = await lease('two', '2026-03-01T10:10:07Z');
    if (!later) throw new Error('the later time was refused');

    // Somebody's clock was an hour ahead: what he has served keeps nobody from serving the times of this hour.
    await giveBack(database, later.lease);
    await database.query(`update sync_cursor set polled_for = '2026-03-01T11:15:07Z' where store_id = 'store-0'`);
    expect(await lease('one', '2026-03-01T10:15:07Z')).toBeDefined();
  });

  test('a lease that is renewed stays; one that is over, or of somebody else by now, is not brought back', async () => {
    const { database } = gateway.service.app;
    const until = async (): Promise<string> =>
      (await database.query<{ until: string }>(`select lease_until as until from sync_cursor where store_id = 'store-1'`))[0]?.until ?? '';
    const moved = (by: string) =>
      database.query(`update sync_cursor set lease_until = clock_timestamp() + $1::interval where store_id = 'store-1'`, [by]);
    const first = await takeLease(database, 'store-1', 'one', new Date());
    if (!first) throw new Error('the first instance was refused');
    await moved('5 s');
    await renewLease(database, first.lease);
    expect(Date.parse(await until())).toBeGreaterThan(Date.now() + 20_000);

    await moved('-1 s');
    await renewLease(database, first.lease);
    expect(Date.parse(await until())).toBeLessThan(Date.now() + 1_000);

    const second = await takeLease(database, 'store-1', 'two', new Date());
    expect(second?.lease.fence).toBeGreaterThan(first.lease.fence);
    await moved('5 s');
    await renewLease(database, first.lease);
    expect(Date.parse(await until())).toBeLessThan(Date.now() + 10_000);
  });
});
