import { expect, test } from '@jest/globals';
import { bodyOf } from './fix-body.ts';

test('what is known is sent as it is: a list of products stays a list', () => {
  const products = [{ sku: 'TEA-1', title: 'Tea', enabled: true }];
  expect(bodyOf({ body: products }, undefined)).toEqual(products);
  expect(bodyOf({}, undefined)).toBeUndefined();
});

test('what a person adds is added to it, to each item of a list', () => {
  expect(bodyOf({ body: { outcome: 'done' } }, { note: 'seen' })).toEqual({ outcome: 'done', note: 'seen' });
  expect(bodyOf({}, { note: 'seen' })).toEqual({ note: 'seen' });
  expect(bodyOf({ body: [{ sku: 'TEA-1' }, { sku: 'TEA-2' }] }, { title: 'Tea' })).toEqual([
    { sku: 'TEA-1', title: 'Tea' },
    { sku: 'TEA-2', title: 'Tea' },
  ]);
});
