import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { OutgoingMessage, ParkedMessage } from '@orderbus/messaging';
import { archive, countOpenDeadLetters, discard, listDeadLetters, redrive } from '../src/index.ts';
import { type CountingService, countingService } from './counters.ts';

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
    await archive(service.database, () => {})(message);
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
    expect(await redrive(service.database, broker, 'counting', String(letter?.id), 'mara')).toMatchObject({
      status: 'redriven',
      resolvedBy: 'mara',
    });
    expect(sent.at(-1)).toEqual([
      'counting',
      { id: message.id, topic: message.topic, key: message.key, headers: { traceparent: 't' }, body: '{"a":1}' },
    ]);
    await expect(redrive(service.database, broker, 'counting', String(letter?.id), 'mara')).rejects.toMatchObject({ kind: 'conflict' });
  });

  test('that dies again is open again', async () => {
    const message = parked();
    const letter = await keep(message);
    await redrive(service.database, broker, 'counting', String(letter?.id), 'mara');
    expect(await keep({ ...message, reason: 'worse' })).toMatchObject({ status: 'open', reason: 'worse', resolvedBy: null });
  });

  test('stays open when the broker does not confirm its redrive', async () => {
    const letter = await keep(parked());
    mood.confirms = false;
    await expect(redrive(service.database, broker, 'counting', String(letter?.id), 'mara')).rejects.toMatchObject({ kind: 'unavailable' });
    mood.confirms = true;
    expect(await redrive(service.database, broker, 'counting', String(letter?.id), 'mara')).toMatchObject({ status: 'redriven' });
  });

  test('is discarded with a reason, and stays on record', async () => {
    const open = await countOpenDeadLetters(service.database);
    const letter = await keep(parked());
    expect(await countOpenDeadLetters(service.database)).toBe(open + 1);
    expect(await discard(service.database, String(letter?.id), 'mara', 'test order')).toMatchObject({
      status: 'discarded',
      resolvedBy: 'mara',
      resolutionNote: 'test order',
    });
    expect(await countOpenDeadLetters(service.database)).toBe(open);
    await expect(discard(service.database, '999999999', 'mara', 'x')).rejects.toMatchObject({ kind: 'not-found' });
  });

  test('that came without an id is known by its content, and cannot be sent again', async () => {
    await archive(service.database, () => {})(parked({ id: '', body: Buffer.from('no id') }));
    const [letter] = await listDeadLetters(service.database, { status: 'open', limit: 1 });
    expect(letter?.messageId).toMatch(/^sha256:/);
    await expect(redrive(service.database, broker, 'counting', String(letter?.id), 'mara')).rejects.toMatchObject({
      code: 'dead-letter.cannot-be-sent',
    });
  });
});
