import { expect, test } from '@jest/globals';
import { accessOf } from './access.ts';
import { namesIn } from './topology.ts';

test('a service may read all of its queues, those of before as well, and nothing more than with one queue', () => {
  const tenant = { queue: 'order', topics: ['a.v1'] };
  const one = accessOf(namesIn('orderbus'), tenant, [1]);
  const several = accessOf(namesIn('orderbus'), tenant, [2, 1]);
  expect(several).toMatchObject({ configure: one.configure, write: one.write });
  const readable = ['order', 'order.parked', 'order.of2.0', 'order.of2.1'].map((name) => `orderbus.${name}`);
  const others = ['order.of2', 'order.of2.2', 'order.of2.retry.50', 'order.of4.0', 'order.out', 'billing', 'events'].map(
    (name) => `orderbus.${name}`,
  );
  const mayRead = (name: string): boolean => new RegExp(several.read).test(name);
  expect([...readable, ...others].filter(mayRead)).toEqual(readable);
});
