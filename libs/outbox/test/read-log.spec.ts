import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { defineEvent } from '@orderbus/contracts';
import { newId, systemClock } from '@orderbus/kernel';
import { eventually } from '@orderbus/testkit';
import { z } from 'zod';
import { append, readLog, type Transaction } from '../src/index.ts';
import { type CountingService, countingService } from './counters.ts';

const Told = defineEvent('test.told', 1, z.object({ text: z.string() }));

let service: CountingService;
beforeAll(async () => {
  service = await countingService();
});
afterAll(() => service.stop());

const tell = (tx: Transaction, ...texts: readonly string[]): Promise<void> =>
  append(
    tx,
    texts.map((text) => ({
      event: { ...Told.of({ text }), aggregateId: newId(), aggregateVersion: 1 } as never,
      cause: { tenant: 'main', correlationId: 'c' },
    })),
    systemClock,
  );

/** A transaction that has told something, and is open until somebody ends it. */
const openTransaction = async (...texts: readonly string[]) => {
  const told = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  const ended = service.database
    .transaction(async (tx) => {
      await tell(tx, ...texts);
      told.resolve();
      await end.promise;
    })
    .catch(() => {});
  await told.promise;
  return {
    commit: async () => {
      end.resolve();
      await ended;
    },
    rollBack: async () => {
      end.reject(new Error('rolled back by the test'));
      await ended;
    },
  };
};

describe('the whole log, read page by page', () => {
  let start: number;
  beforeEach(async () => {
    start = (await readLog(service.database, { after: 0, limit: 10_000 })).upTo;
  });

  const read = async ({ patienceMs = 10_000 } = {}) => {
    const { events, upTo, last } = await readLog(service.database, { after: start, limit: 1_000, patienceMs });
    return { texts: events.map(({ data }) => JSON.parse(data).text as string), upTo, last };
  };

  test('ends before what a running transaction may still add, although later events are there', async () => {
    const first = await openTransaction('one');
    const second = await openTransaction('two');
    await second.commit();
    expect(await read({ patienceMs: 50 })).toEqual({ texts: [], upTo: start, last: start + 2 });
    await first.commit();
    expect(await read()).toEqual({ texts: ['one', 'two'], upTo: start + 2, last: start + 2 });
  });

  test('waits for that transaction as long as it may', async () => {
    const first = await openTransaction('one');
    await service.database.transaction((tx) => tell(tx, 'two'));
    const page = read();
    const waits = await Promise.race([page.then(() => false), service.database.query('select pg_sleep(0.1)').then(() => true)]);
    expect(waits).toBe(true);
    await first.commit();
    expect((await page).texts).toEqual(['one', 'two']);
  });

  test('goes on over places that were taken by a transaction that was rolled back', async () => {
    const first = await openTransaction('never');
    await service.database.transaction((tx) => tell(tx, 'two'));
    await first.rollBack();
    expect(await read()).toEqual({ texts: ['two'], upTo: start + 2, last: start + 2 });
  });

  test('shows what is before the gap, and waits for nobody where there is none', async () => {
    await service.database.transaction((tx) => tell(tx, 'zero'));
    const first = await openTransaction('one');
    await service.database.transaction((tx) => tell(tx, 'two'));
    expect((await read({ patienceMs: 50 })).texts).toEqual(['zero']);
    await first.commit();
    const later = await openTransaction('three');
    expect((await read()).texts).toEqual(['zero', 'one', 'two']);
    await later.commit();
  });

  test('misses nothing while many write at once, some of them in vain', async () => {
    const written: string[] = [];
    const write = async (writer: number): Promise<void> => {
      for (let n = 0; n < 40; n++) {
        const texts = [`${writer}-${n}-a`, `${writer}-${n}-b`];
        const isKept = (writer + n) % 5 > 0;
        const work = service.database.transaction(async (tx) => {
          await tell(tx, ...texts);
          if (!isKept) throw new Error('in vain');
        });
        await work.then(() => written.push(...texts)).catch(() => {});
      }
    };
    const writing = Promise.all([1, 2, 3].map(write));
    const seen: string[] = [];
    let after = start;
    let isOver = false;
    void writing.then(() => {
      isOver = true;
    });
    await eventually(async () => {
      const page = await readLog(service.database, { after, limit: 7 });
      seen.push(...page.events.map(({ data }) => JSON.parse(data).text as string));
      after = page.upTo;
      expect([isOver, after]).toEqual([true, page.last]);
    });
    expect(seen.sort()).toEqual(written.sort());
  });
});
