import { expect, test } from '@jest/globals';
import type { ConsumeMessage, Options } from 'amqplib';
import { copyTo, decode, decodeParked, event, type Outbound, toQueue } from './message.ts';

/** What a consumer gets of a published message. */
const delivered = ({ content, routingKey, options }: Pick<Outbound, 'content' | 'routingKey' | 'options'>): ConsumeMessage => ({
  content,
  fields: { deliveryTag: 1, redelivered: false, exchange: '', routingKey, consumerTag: 'c' },
  properties: options as ConsumeMessage['properties'],
});
const message = { id: 'a', topic: 'order.created.v1', key: 'o-1', body: '{}', headers: { tenant: 't', 'x-attempt': '9' } };
const sent = event(message, 'orderbus.gateway.out');
const parkedQueue = { exchange: 'orderbus.order.out', queue: 'orderbus.order.parked' };
const history = { attempt: 2, firstSeenAt: new Date('2026-01-02T03:04:05.678Z'), reason: 'too-early' };

test('a message arrives as it was sent, whatever its routing key; names of our own are not taken from the sender', () => {
  expect(decode(delivered({ ...sent, routingKey: 'orderbus.order.retry.5000' }))).toEqual({
    ...{ id: 'a', topic: 'order.created.v1', key: 'o-1', body: Buffer.from('{}'), headers: { tenant: 't' } },
    ...{ attempt: 1, redelivered: false },
  });
});

test('a copy keeps the message and tells its history', () => {
  const copy = delivered(copyTo(parkedQueue, decode(delivered(sent)), { ...history, error: { class: 'E', message: 'm' } }));
  expect(decodeParked(copy)).toEqual({
    ...decode(delivered(sent)),
    ...{ attempt: 2, reason: 'too-early', error: { class: 'E', message: 'm' }, firstSeenAt: history.firstSeenAt },
  });
});

test('whatever has no way out of its exchange comes back instead of being dropped', () => {
  const toOne = toQueue(message, { exchange: 'orderbus.order.out', queue: 'orderbus.order' });
  expect(toOne).toMatchObject({ exchange: 'orderbus.order.out', routingKey: 'orderbus.order' });
  expect(sent).toMatchObject({ exchange: 'orderbus.gateway.out', routingKey: 'order.created.v1' });
  for (const { options } of [sent, toOne, copyTo(parkedQueue, decode(delivered(sent)), history)]) expect(options.mandatory).toBe(true);
});

test('a message that killed its consumers is parked for that, not for the reason of its last retry', () => {
  const copy = copyTo(parkedQueue, decode(delivered(sent)), { ...history, error: { class: 'E', message: 'm' } });
  const headers = { ...copy.options.headers, 'x-death': [{ reason: 'delivery_limit' }, { reason: 'expired' }] };
  const parked = decodeParked(delivered({ ...copy, options: { ...copy.options, headers } as Options.Publish }));
  expect(parked).toMatchObject({ reason: 'delivery-limit', attempt: 2 });
  expect(parked).not.toHaveProperty('error');
});

test('a stranger is readable, too', () => {
  const parked = decodeParked(delivered({ content: Buffer.from('?'), routingKey: 'key', options: { headers: { 'x-error': '{' } } }));
  expect(parked).toMatchObject({ topic: 'key', key: '', headers: {}, attempt: 1, reason: 'unknown' });
  expect(parked.id).toMatch(/^[0-9a-f-]{36}$/);
});

test('headers that leave no room for the history are left behind', () => {
  const original = { ...decode(delivered(sent)), headers: { big: 'x'.repeat(60_000) } };
  expect(Object.keys(copyTo(parkedQueue, original, history).options.headers)).toEqual(['x-attempt', 'x-first-seen', 'x-reason']);
});
