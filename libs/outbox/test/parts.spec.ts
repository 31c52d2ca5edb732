import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { defineEvent } from '@orderbus/contracts';
import { newId, systemClock } from '@orderbus/kernel';
import { z } from 'zod';
import { append, dropParts, eventsOf, makeParts, readLog, type Transaction } from '../src/index.ts';
import { logBegins } from '../src/parts/log-parts.ts';
import { type CountingService, counted, countingService, delivered, openCounters } from './counters.ts';

const Told = defineEvent('test.told', 1, z.object({ text: z.string() }));
const dayMs = 86_400_000;
const monday = new Date('2026-11-30T12:00:00Z');
const on = (days: number): Date => new Date(monday.getTime() + days * dayMs);

let service: CountingService;
beforeAll(async () => {
  service = await countingService();
});
afterAll(() => service.stop());

const rows = <Row>(sql: string, parameters: unknown[] = []) => service.database.query<Row>(sql, parameters);
const tell = (aggregateId: string, version: number, text: string): Promise<void> =>
  service.database.transaction((tx: Transaction) =>
    append(
      tx,
      [
        {
          event: { ...Told.of({ text }), aggregateId, aggregateVersion: version } as never,
          cause: { tenant: 'main', correlationId: 'c' },
        },
      ],
      systemClock,
    ),
  );
const goTo = (position: number) => rows(`select setval('event_log_position', $1, false)`, [position]);
const placeOf = async (table: string, where: string): Promise<unknown[]> =>
  (await rows<{ part: string }>(`select tableoid::regclass::text as part from ${table} where ${where}`)).map(({ part }) => part);
const settled = () => rows('delete from outbox');

/** An id as publishers make them, at this time. */
const idAt = (time: Date): string => {
  const hex = time.getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}${newId().slice(13)}`;
};
const seen = async (id: string) => (await service.handle([delivered(counted(randomUUID(), { id }))]))[0];
const timesSeen = async (id: string): Promise<number> => {
  const [row] = await rows<{ count: number }>('select count(*)::int as count from inbox where message_id = $1', [id]);
  return row?.count ?? 0;
};

describe('the event log in parts', () => {
  const thing = newId();

  test('goes over from one part to the next, and is read and published as one', async () => {
    await goTo(999_999);
    for (const version of [1, 2, 3]) await tell(thing, version, `before ${version}`);
    // The third came before its part was made: it waited in the rest.
    expect(await placeOf('event_log', 'seq >= 999999 order by seq')).toEqual(['event_log_1', 'event_log_1', 'event_log_rest']);
    expect((await makeParts(service.database, monday)).filter((name) => name.startsWith('event_log'))).toEqual(['event_log_1000001']);
    expect(await makeParts(service.database, monday)).toEqual([]);
    await tell(thing, 4, 'after');
    expect(await placeOf('event_log', 'seq >= 999999 order by seq')).toEqual([
      ...['event_log_1', 'event_log_1', 'event_log_1000001', 'event_log_1000001'],
    ]);
    expect((await eventsOf(service.database, thing)).map(({ aggregateVersion }) => aggregateVersion)).toEqual([1, 2, 3, 4]);
    const page = await readLog(service.database, { after: 999_998, limit: 10 });
    expect(page).toMatchObject({ upTo: 1_000_002, last: 1_000_002, begins: 1 });
    expect(page.events.map(({ position }) => position)).toEqual([999_999, 1_000_000, 1_000_001, 1_000_002]);
  });

  test('takes no version of a thing twice', async () => {
    await expect(tell(thing, 4, 'again')).rejects.toThrow(/duplicate key/);
  });

  test('finds what is to be published, a page, an order and the last position without reading a part as a whole', async () => {
    await rows('analyze event_log');
    const plans: [string, unknown[]][] = [
      ['select o.seq, e.data from outbox o join event_log e using (seq) order by o.seq limit 500', []],
      ['select e.data from event_log e where seq > $1 order by seq limit 1000', [0]],
      ['select max(seq) from event_log', []],
      ['select data from event_log where aggregate_id = $1 and aggregate_version = 1', [thing]],
    ];
    for (const [sql, parameters] of plans) {
      const plan = await service.database.transaction(async (tx) => {
        await tx.query('set local enable_seqscan = off');
        return JSON.stringify(await tx.query(`explain ${sql}`, parameters));
      });
      expect(plan).not.toMatch(/Seq Scan on event_log/);
    }
  });

  test('forgets a part when its youngest event is too old, but for what the service cannot do without', async () => {
    await rows(`update event_log set recorded_at = $1`, [on(-100)]);
    const kept = { eventLogMs: 90 * dayMs, inboxMs: 14 * dayMs, events: `e.data ->> 'text' = 'before 2'` };
    // Something of it still has to be published.
    expect(await dropParts(service.database, monday, kept)).toEqual([]);
    await settled();
    expect(await dropParts(service.database, on(-11), kept)).toEqual([]);
    expect(await dropParts(service.database, monday, kept)).toEqual(['event_log_1']);
    expect((await eventsOf(service.database, thing)).map(({ aggregateVersion }) => aggregateVersion)).toEqual([2, 3, 4]);
    expect(await placeOf('event_log', `data ->> 'text' = 'before 2'`)).toEqual(['event_log_1_kept']);
    expect(await dropParts(service.database, monday, kept)).toEqual([]);
  });

  test('says where it begins, and no page shows a beginning that is not whole', async () => {
    expect(await logBegins(service.database)).toBe(1_000_001);
    const page = await readLog(service.database, { after: 0, limit: 10 });
    expect(page).toMatchObject({ begins: 1_000_001, upTo: 1_000_002, last: 1_000_002 });
    expect(page.events.map(({ position }) => position)).toEqual([1_000_001, 1_000_002]);
  });
});

describe('the inbox in weeks', () => {
  test('sees a message once, whether its week has a part, had one, or it has no time at all', async () => {
    await makeParts(service.database, monday);
    const [next, old, foreign] = [idAt(on(8)), idAt(on(-40)), randomUUID()];
    for (const id of [next, old, foreign]) {
      expect(await seen(id)).toEqual({ fate: 'done' });
      expect(await seen(id)).toEqual({ fate: 'done' });
      expect(await timesSeen(id)).toBe(1);
    }
    expect(await placeOf('inbox', `message_id = '${next}'`)).toEqual(['inbox_2026_12_07']);
    expect(await placeOf('inbox', `message_id in ('${old}', '${foreign}')`)).toEqual(['inbox_rest', 'inbox_rest']);
  });

  test('a message that came before its week was made is known afterwards', async () => {
    const early = idAt(on(22));
    await seen(early);
    expect(await placeOf('inbox', `message_id = '${early}'`)).toEqual(['inbox_rest']);
    await makeParts(service.database, on(14));
    expect(await placeOf('inbox', `message_id = '${early}'`)).toEqual(['inbox_2026_12_21']);
    await seen(early);
    expect(await timesSeen(early)).toBe(1);
  });

  test('a week goes as a whole, but not while something in it was seen a short time ago', async () => {
    const late = idAt(on(9));
    await seen(late);
    await rows(`update inbox set received_at = $1`, [on(10)]);
    await rows(`update inbox set received_at = $1 where message_id = $2`, [on(25), late]);
    expect(await dropParts(service.database, on(29), { inboxMs: 14 * dayMs })).toEqual([]);
    expect(await timesSeen(late)).toBe(1);
    expect(await dropParts(service.database, on(40), { inboxMs: 14 * dayMs })).toEqual(['inbox_2026_12_07', 'inbox_2026_12_14']);
    expect(await timesSeen(late)).toBe(0);
  });

  test('what belongs to no week is forgotten row by row', async () => {
    await rows(
      `insert into inbox (consumer, message_id, received_at)
      select 'test.many', gen_random_uuid(), $1::timestamptz - make_interval(days => n % 30) from generate_series(0, 11999) n`,
      [monday],
    );
    await dropParts(service.database, on(0.01), { inboxMs: 14 * dayMs });
    const [left] = await rows<{ count: number }>(`select count(*)::int as count from inbox where consumer = 'test.many'`);
    expect(left?.count).toBe(14 * 400);
  });
});

describe('an installation from before there were parts', () => {
  test('keeps every event, its positions and what it has seen', async () => {
    const older = await countingService();
    const ask = <Row>(sql: string, parameters: unknown[] = []) => older.database.query<Row>(sql, parameters);
    for (let n = 0; n < 4; n++) await older.database.source.undoLastMigration();
    const kindOf = async () =>
      (await ask<{ kind: string }>(`select relkind as kind from pg_class where oid = 'event_log'::regclass`))[0]?.kind;
    expect(await kindOf()).toBe('r');
    const ids = Array.from({ length: 50 }, () => randomUUID());
    await older.handle(ids.map((id) => delivered(counted(id))));
    const twice = counted(ids[0] as string, { data: { amount: 5 } });
    await older.handle([delivered(twice)]);
    await ask(`insert into event_log (id, type, version, aggregate_id, aggregate_version, tenant, occurred_at, correlation_id, data)
      select gen_random_uuid(), 'test.summed', 1, gen_random_uuid(), 1, 'main', now(), 'c', '{"total": 1}' from generate_series(1, 20000)`);
    const before = await ask('select seq, id from event_log order by seq');

    const newer = openCounters(older.url);
    await newer.start();
    expect(await kindOf()).toBe('p');
    expect(await ask('select seq, id from event_log order by seq')).toEqual(before);
    await older.handle([delivered(twice), delivered(counted(ids[1] as string, { data: { amount: 2 } }))]);
    expect([await older.total(ids[0] as string), await older.total(ids[1] as string)]).toEqual([6, 3]);
    const [last] = await ask<{ seq: number; part: string }>(
      'select seq, tableoid::regclass::text as part from event_log order by seq desc limit 1',
    );
    expect(last).toEqual({ seq: (before.at(-1) as { seq: number }).seq + 1, part: 'event_log_1' });
    await newer.stop();
    await older.stop();
  });
});
