import { expect, test } from '@jest/globals';
import { standingOf } from './standing.ts';
import { chosenTopics, groupsOf } from './topics.ts';

test('topics stand in groups, by what they are about', () => {
  expect(groupsOf(['order.created.v1', 'ship_by.missed.v1', 'order.held.v1'])).toEqual([
    ['order', ['order.created.v1', 'order.held.v1']],
    ['ship_by', ['ship_by.missed.v1']],
  ]);
});

test('what is in a group that is chosen as a whole is not named beside it', () => {
  expect(chosenTopics(['order.*', 'order.created.v1', 'stock.low.v1'])).toEqual(['order.*', 'stock.low.v1']);
});

test('a webhook that is on and fails is said to fail', () => {
  expect(standingOf({ state: 'enabled', failures: 2 })).toBe('failing');
  expect(standingOf({ state: 'enabled', failures: 0 })).toBe('enabled');
  expect(standingOf({ state: 'paused', failures: 9 })).toBe('paused');
});
