import { expect, test } from '@jest/globals';
import { buyer } from '@orderbus/tests-system/canaries';
import { findingsIn, type Remains } from './last-look.ts';

const quiet: Remains = {
  strays: [],
  lines: ['{"msg":"listening"}'],
  tables: 'orders',
  deadRows: 10,
  memory: new Map([['order', 100_000_000]]),
};

test('of a quiet end there is nothing to say', () => {
  expect(findingsIn(quiet)).toEqual([]);
});

test.each([
  ['a process has ended by itself', { strays: ['order ended by itself: exit code 1'] }, 'I8'],
  ['an error was caught by nobody', { lines: ['{"msg":"an error that nobody caught"}'] }, 'I8'],
  ['a service holds more and more', { memory: new Map([['order', 3e9]]) }, 'I8'],
  ['dead rows pile up', { deadRows: 10_000_000 }, 'I8'],
  ['a buyer stands in a table', { tables: `a ${buyer.name} b` }, 'I9'],
  ['a buyer stands in a log, written otherwise', { lines: [encodeURIComponent(buyer.email)] }, 'I9'],
])('is complained about: %s', (_, changes, invariant) => {
  expect(findingsIn({ ...quiet, ...changes }).map((one) => one.invariant)).toEqual([invariant]);
});
