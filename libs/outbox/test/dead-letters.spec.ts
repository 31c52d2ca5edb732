import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DeadLettersOpened, type Event } from '@orderbus/contracts';
import type { OutgoingMessage, ParkedMessage } from '@orderbus/messaging';
import {
  archive,
  type Database,
  discard,
  type Execution,
  listDeadLetters,
  openDeadLetters,
  redrive,
  tellDueLetters,
} from '../src/index.ts';
import { type CountingService, countingService, openCounters } from './counters.ts';

const parked = (overrides: Partial<ParkedMessage> = {}): ParkedMessage => ({
  id: randomUUID(),
  topic: 'test.counted.v1',
  key: randomUUID(),
  body: Buffer.from('{"a":1}'),
  headers: { traceparent: 't' },
  attempt: 6,
  redelivered: false,
  reason: 'too-early: no counter yet',
  firstSeenAt: new Date('2026-11-23T10:00:00Z'),
  ...overrides,
});

describe('a dead letter', () => {
  let service: CountingService;
  const sent: [string, OutgoingMessage][] = [];
  const mood = { confirms: true };
  const broker = {
    redeliver: async (queue: string, messages: readonly OutgoingMessage[]) => {
      for (const message of messages) sent.push([queue, message]);
      return new Set(mood.confirms ? messages.map(({ id }) => id) : []);
    },
  };
  beforeAll(async () => {
    service = await countingService();
  });
  afterAll(() => service.stop());

  const keep = async (message: ParkedMessage) => {
    await archive(service.execution, 'counting', () => {})(message);
    const letters = await listDeadLetters(service.database, { limit: 100 });
    return letters.find((letter) => letter.messageId === message.id);
  };

  test('keeps reason, error, attempts and the bytes as they came, even if they are not text', async () => {
    const message = parked({ body: Buffer.from([0xff, 0x00, 0x7b]), error: { class: 'TypeError', message: 'broken', stack: 'at decide' } });
    const letter = await keep(message);
    expect(letter).toMatchObject({
      reason: 'too-early: no counter yet',
      errorClass: 'TypeError',
      errorMessage: 'broken',
      stack: 'at decide',
      attempts: 6,
      firstSeenAt: '2026-11-23T10:00:00.000Z',
      status: 'open',
    });
    const [row] = await service.database.query<{ payload: Buffer }>('select payload from dead_letter where message_id = $1', [message.id]);
    expect(row?.payload.equals(message.body)).toBe(true);
  });

  test('that is archived twice, because the first time was interrupted, is one row', async () => {
    const message = parked();
    await keep(message);
    await keep(message);
    const rows = await service.database.query('select 1 from dead_letter where message_id = $1', [message.id]);
    expect(rows).toHaveLength(1);
  });

  test('is redriven with the message it was, to its own service, once', async () => {
    const message = parked();
    const letter = await keep(message);
    expect(await redrive(service.execution, broker, 'counting', String(letter?.id), 'mara')).toMatchObject({
      status: 'redriven',
      resolvedBy: 'mara',
    });
    expect(sent.at(-1)).toEqual([
      'counting',
      { id: message.id, topic: message.topic, key: message.key, headers: { traceparent: 't' }, body: '{"a":1}' },
    ]);
    await expect(redrive(service.execution, broker, 'counting', String(letter?.id), 'mara')).rejects.toMatchObject({ kind: 'conflict' });
  });

  test('that dies again is open again', async () => {
    const message = parked();
    const letter = await keep(message);
    await redrive(service.execution, broker, 'counting', String(letter?.id), 'mara');
    expect(await keep({ ...message, reason: 'worse' })).toMatchObject({ status: 'open', reason: 'worse', resolvedBy: null });
  });

  test('stays open when the broker does not confirm its redrive', async () => {
    const letter = await keep(parked());
    mood.confirms = false;
    await expect(redrive(service.execution, broker, 'counting', String(letter?.id), 'mara')).rejects.toMatchObject({ kind: 'unavailable' });
    mood.confirms = true;
    expect(await redrive(service.execution, broker, 'counting', String(letter?.id), 'mara')).toMatchObject({ status: 'redriven' });
  });

  test('is counted by why it waits', async () => {
    const before = await openDeadLetters(service.database);
    const error = { class: 'TypeError', message: 'broken' };
    const kept: [string, Partial<ParkedMessage>][] = [
      ['refused', { reason: 'not-allowed: shipped already' }],
      ['contract', { reason: 'breaks-contract', error }],
      ['contract', { reason: 'message without id or type' }],
      ['error', { reason: 'order.unknown', error }],
      ['killed', { reason: 'delivery-limit' }],
    ];
    for (const [, message] of kept) await keep(parked(message));
    const after = await openDeadLetters(service.database);
    const openIn = (counts: typeof after, name: string) => counts.find((one) => one.class === name)?.open ?? Number.NaN;
    const more = after.map((one) => [one.class, one.open - openIn(before, one.class)]);
    expect(Object.fromEntries(more)).toEqual({ contract: 2, refused: 1, error: 1, killed: 1, unpublishable: 0 });
    for (const { open, oldestAgeSeconds } of after) expect(oldestAgeSeconds > 0).toBe(open > 0);
  });

  const countOpen = async () => (await openDeadLetters(service.database)).reduce((sum, { open }) => sum + open, 0);

  test('is discarded with a reason, and stays on record', async () => {
    const open = await countOpen();
    const letter = await keep(parked());
    expect(await countOpen()).toBe(open + 1);
    expect(await discard(service.execution, 'counting', String(letter?.id), 'mara', 'test order')).toMatchObject({
      status: 'discarded',
      resolvedBy: 'mara',
      resolutionNote: 'test order',
    });
    expect(await countOpen()).toBe(open);
    await expect(discard(service.execution, 'counting', '999999999', 'mara', 'x')).rejects.toMatchObject({ kind: 'not-found' });
  });

  test('is found by the order that it is about', async () => {
    const orderId = randomUUID();
    const letter = await keep(parked({ body: Buffer.from(JSON.stringify({ data: { orderId } })) }));
    await keep(parked());
    expect(await listDeadLetters(service.database, { orderId, limit: 100 })).toEqual([letter]);
  });

  test('that came without an id is known by its content, and cannot be sent again', async () => {
    await archive(service.execution, 'counting', () => {})(parked({ id: '', body: Buffer.from('no id') }));
    const [letter] = await listDeadLetters(service.database, { status: 'open', limit: 1 });
    expect(letter?.messageId).toMatch(/^sha256:/);
    await expect(redrive(service.execution, broker, 'counting', String(letter?.id), 'mara')).rejects.toMatchObject({
      code: 'dead-letter.cannot-be-sent',
    });
  });
});

describe('that messages wait for a person', () => {
  let service: CountingService;
  let second: Database;
  const opened: Database[] = [];
  const time = { now: new Date('2026-11-23T10:00:00Z') };
  const clock = { now: () => time.now };
  const later = (seconds: number) => {
    time.now = new Date(time.now.getTime() + seconds * 1_000);
  };
  const on = (database: Database): Execution => ({ database, clock, committed: () => {} });
  const broker = { redeliver: async (_: string, messages: readonly OutgoingMessage[]) => new Set(messages.map(({ id }) => id)) };

  beforeAll(async () => {
    service = await countingService();
    second = openCounters(service.url);
    await second.start();
    opened.push(second);
  });
  afterAll(async () => {
    for (const database of opened) await database.stop();
    await service.stop();
  });

  /** Messages of an event of their own: their pile is no other test's. */
  const some = (topic: string, count: number, reason = 'too-early: no counter yet') =>
    Array.from({ length: count }, () => {
      const body = { tenant: 'main', data: { orderId: randomUUID(), buyer: 'Mara Canary, 12 Elm Street' } };
      return parked({ topic, reason, body: Buffer.from(JSON.stringify(body)) });
    });
  const keep = (messages: readonly ParkedMessage[], database = service.database) =>
    Promise.all(messages.map(archive(on(database), 'counting', () => {})));
  const told = async (topic: string) => {
    const rows = await service.database.query<Event<{ open?: number }> & { version: number }>(
      `select type, aggregate_version as "aggregateVersion", tenant, data from event_log where data ->> 'topic' = $1 order by seq`,
      [topic],
    );
    return rows.map(
      ({ type, aggregateVersion, data }) => `${type.replace('operations.dead_letters_', '')} ${data.open ?? 0} v${aggregateVersion}`,
    );
  };
  const letters = (topic: string) =>
    service.database.query<{ id: number }>(`select id from dead_letter where topic = $1 and status = 'open' order by id`, [topic]);
  const lookFromTwoInstances = () => Promise.all([service.database, second].map((database) => tellDueLetters(on(database), 'counting')));

  test('is told with the first of them, in codes and ids: nothing of the message, nothing of the error', async () => {
    const error = { class: 'TypeError', message: 'cannot read Mara Canary', stack: 'at Mara Canary' };
    const [message] = some('test.first.v1', 1, 'error: Mara Canary') as [ParkedMessage];
    await keep([{ ...message, error }]);
    const [row] = await service.database.query<Event>(`select tenant, data from event_log where data ->> 'topic' = 'test.first.v1'`);
    const [letter] = await letters('test.first.v1');
    expect(row).toEqual({
      tenant: 'main',
      data: {
        ...{ service: 'counting', topic: 'test.first.v1', reason: 'error', errorClass: 'TypeError', open: 1 },
        ...{ since: expect.any(String), letterIds: [String(letter?.id)], orderIds: [JSON.parse(message.body.toString()).data.orderId] },
      },
    });
    expect(() => DeadLettersOpened.schema.parse(row?.data)).not.toThrow();
    expect(JSON.stringify(await service.database.query('select * from event_log'))).not.toContain('Canary');
    expect(JSON.stringify(await service.database.query('select * from dead_letter_pile'))).not.toContain('Canary');
  });

  test('is kept and told together, or not at all', async () => {
    await service.database.query('alter table outbox add constraint broken check (seq < 0) not valid');
    await expect(keep(some('test.together.v1', 1))).rejects.toThrow(/broken/);
    await service.database.query('alter table outbox drop constraint broken');
    expect(await letters('test.together.v1')).toEqual([]);
    await keep(some('test.together.v1', 1));
    expect(await told('test.together.v1')).toEqual(['opened 1 v1']);
  });

  test('is a handful of events in a storm, from two instances as from one', async () => {
    const storm = some('test.storm.v1', 400);
    await Promise.all([keep(storm.slice(0, 200)), keep(storm.slice(200), second)]);
    await lookFromTwoInstances();
    expect(await told('test.storm.v1')).toEqual(['opened 1 v1']);
    later(60);
    await lookFromTwoInstances();
    await lookFromTwoInstances();
    expect(await told('test.storm.v1')).toEqual(['opened 1 v1', 'opened 400 v2']);
  });

  test('is over with the last of them, redriven or discarded, and begins anew with one that dies again', async () => {
    const messages = some('test.settled.v1', 3);
    await keep(messages);
    const [first, middle, last] = (await letters('test.settled.v1')).map(({ id }) => String(id)) as [string, string, string];
    await redrive(on(service.database), broker, 'counting', first, 'mara');
    await discard(on(second), 'counting', middle, 'mara', 'test order');
    expect(await told('test.settled.v1')).toEqual(['opened 1 v1']);
    await redrive(on(service.database), broker, 'counting', last, 'mara');
    expect(await told('test.settled.v1')).toEqual(['opened 1 v1', 'settled 0 v2']);
    await keep(messages.slice(0, 1));
    expect(await told('test.settled.v1')).toEqual(['opened 1 v1', 'settled 0 v2', 'opened 1 v3']);
  });

  test('that one dies again for another reason leaves its first pile, which is noticed later', async () => {
    const [message] = some('test.moved.v1', 1) as [ParkedMessage];
    await keep([message]);
    await keep([{ ...message, reason: 'not-allowed: never' }]);
    await lookFromTwoInstances();
    expect(await told('test.moved.v1')).toEqual(['opened 1 v1', 'opened 1 v1', 'settled 0 v2']);
  });

  test('is told of nobody when the message is itself about dead letters', async () => {
    await keep(some(DeadLettersOpened.topic, 5, 'error'));
    later(3_600);
    await lookFromTwoInstances();
    expect(await told(DeadLettersOpened.topic)).toEqual([]);
    expect(await letters(DeadLettersOpened.topic)).toHaveLength(5);
  });

  test('is told of those that waited before there was anybody to tell', async () => {
    const old = openCounters(service.url);
    const tables = () => service.database.query(`select from information_schema.tables where table_name = 'dead_letter_pile'`);
    while ((await tables()).length > 0) await service.database.source.undoLastMigration();
    await service.database.query('delete from dead_letter');
    const insert = `insert into dead_letter (message_id, topic, key, reason, error_class, attempts, headers, payload, first_seen_at)
      values ($1, $2, '', $3, $4, 1, '{}', '', now())`;
    await service.database.query(insert, ['1', 'test.old.v1', 'error', 'TypeError']);
    await service.database.query(insert, ['2', 'test.old.v1', 'error', 'TypeError']);
    await service.database.query(insert, ['3', 'test.odd.v1', 'Mara Canary', 'Mara Canary']);
    opened.push(old);
    await old.start();
    await lookFromTwoInstances();
    const rows = await service.database.query(
      `select data ->> 'reason' as reason, data ->> 'errorClass' as class, data ->> 'open' as open from event_log
       where data ->> 'topic' in ('test.old.v1', 'test.odd.v1') order by 1`,
    );
    expect(rows).toEqual([
      { reason: 'error', class: 'TypeError', open: '2' },
      { reason: 'unknown', class: 'unknown', open: '1' },
    ]);
  });
});
