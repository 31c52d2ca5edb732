import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { subscriptionsOf } from './index.ts';

const events = subscriptionsOf({ name: 'watches', run: async () => [] }).map(({ event }) => event);

/** Every name that a message of this shape may hold, at any depth. */
const namesIn = (schema: unknown): string[] => {
  if (Array.isArray(schema)) return schema.flatMap(namesIn);
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) => [...(key === 'properties' ? Object.keys(value) : []), ...namesIn(value)]);
};

test('no event that alerts are made of has a place for a buyer: an order or shipping confirmation to him cannot be written', () => {
  const names = events.flatMap(({ type, schema }) => namesIn(z.toJSONSchema(schema)).map((name) => `${type}: ${name}`));
  expect(names.length).toBeGreaterThan(100);
  expect(
    names.filter((name) => /: .*(buyer|recipient|customerName|e-?mail|phone|street|address|gift(?!WrapMinor)|sealed)/i.test(name)),
  ).toEqual([]);
});
