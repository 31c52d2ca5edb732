import { expect, test } from '@jest/globals';
import { surplus } from './balance.ts';

const four = ['a', 'b', 'c', 'd'];

test('who works on more queues than its share passes the rest on', () => {
  expect([1, 2, 3, 4, 9].map((consumers) => surplus(four, 4, consumers))).toEqual([
    [],
    ['c', 'd'],
    ['c', 'd'],
    ['b', 'c', 'd'],
    ['b', 'c', 'd'],
  ]);
  expect(surplus(['a'], 4, 4)).toEqual([]);
  expect(surplus([], 4, 2)).toEqual([]);
});

test('whoever is not counted yet keeps everything', () => {
  expect(surplus(four, 4, 0)).toEqual([]);
});
