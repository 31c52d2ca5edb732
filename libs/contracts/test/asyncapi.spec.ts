import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { asyncApiDocument, type Listener } from '../src/asyncapi.ts';
import { defineEvent, type EventDefinition } from '../src/index.ts';

const packed = defineEvent('order.packed', 1, z.object({ boxes: z.int() })) as unknown as EventDefinition;
const sent = defineEvent('order.sent', 1, z.object({ carrier: z.string() })) as unknown as EventDefinition;
const tell: Listener = { service: 'notification', name: 'notification.tell-sent', topic: sent.topic };
const bill: Listener = { service: 'billing', name: 'billing.bill', topic: packed.topic };

const documentOf = (definitions: EventDefinition[], listeners: Listener[]) =>
  asyncApiDocument({
    version: '0.1.0',
    eventsByPublisher: { warehouse: definitions },
    listeners,
    exampleOf: ({ type }) => ({ type }),
    exchange: 'orderbus.events',
  });

describe('the AsyncAPI document', () => {
  const document = documentOf([packed, sent], [tell, bill]);

  test('has a channel per event, with its routing key', () => {
    expect(document.channels).toMatchObject({
      'order.packed.v1': {
        address: 'order.packed.v1',
        bindings: { amqp: { is: 'routingKey', exchange: { name: 'orderbus.events', type: 'topic' } } },
      },
      'order.sent.v1': {},
    });
  });

  test('has an operation per publisher and event, and one per subscription', () => {
    expect(Object.entries(document.operations as object).map(([name, { action }]) => `${name} ${action}`)).toEqual([
      'warehouse.publish.order.packed.v1 send',
      'warehouse.publish.order.sent.v1 send',
      'billing.bill.order.packed.v1 receive',
      'notification.tell-sent.order.sent.v1 receive',
    ]);
  });

  test('has the whole message, envelope and data, with its example', () => {
    expect(document.components).toMatchObject({
      messages: {
        'order.packed.v1': {
          name: 'order.packed',
          payload: { properties: { aggregateVersion: { type: 'integer' }, data: { properties: { boxes: { type: 'integer' } } } } },
          examples: [{ payload: { type: 'order.packed' } }],
        },
      },
    });
  });

  test('is the same text, in whatever order events and listeners are listed', () => {
    expect(JSON.stringify(documentOf([sent, packed], [bill, tell]))).toBe(JSON.stringify(document));
  });
});
