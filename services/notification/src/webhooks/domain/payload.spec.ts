import { describe, expect, test } from '@jest/globals';
import { AmazonOrderImported, allEvents, type Event, OrderCommented, OrderCreated, OrderNoted } from '@orderbus/contracts';
import { example } from '@orderbus/contracts/examples';
import { payloadOf } from './payload.ts';

const told = <Data>(event: Event<Data>) => JSON.parse(payloadOf(event));

describe('what integrators are told of an event', () => {
  test('is what happened, when, where, and its place in the life of its subject', () => {
    const event = example(OrderCreated);
    const { traceparent: _, causationId: __, occurredAt, ...rest } = event;
    expect(told(event)).toEqual({ ...rest, timestamp: occurredAt });
    expect(Object.keys(told(event)).slice(0, 2)).toEqual(['type', 'timestamp']);
  });

  test('holds nothing that is sealed, wherever a contract carries it', () => {
    const imported = example(AmazonOrderImported);
    expect(imported.data.sealedBuyer).toBeDefined();
    const { sealedBuyer: _, ...data } = imported.data;
    expect(told(imported).data).toEqual(data);
    for (const definition of allEvents) expect(payloadOf(example(definition))).not.toMatch(/sealed/i);
    const nested = { ...imported, data: { lines: [{ sku: 'MUG', sealedGift: 'v1.k.canary' }], sealed: { x: 'canary' } } };
    expect(told(nested).data).toEqual({ lines: [{ sku: 'MUG' }] });
  });

  test('holds nothing that the staff has written about an order: that may be about the buyer', () => {
    const { text, ...comment } = example(OrderCommented).data;
    expect(text).toBeDefined();
    expect(told(example(OrderCommented)).data).toEqual(comment);
    expect(told(example(OrderNoted)).data).not.toHaveProperty('note');
  });

  test('is the same text each time: it is signed', () => {
    expect(payloadOf(example(OrderCreated))).toBe(payloadOf(example(OrderCreated)));
  });
});
