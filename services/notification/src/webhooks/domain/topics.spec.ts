import { describe, expect, test } from '@jest/globals';
import { allEvents } from '@orderbus/contracts';
import { likeOf, matches, unknownIn } from './topics.ts';

const topics = allEvents.map(({ topic }) => topic);

describe('what a webhook is about', () => {
  test.each([
    ['order.created.v1', ['order.created.v1']],
    ['order.created.*', ['order.created.v1']],
    ['stock.*', ['stock.reserved.v1', 'stock.short.v1', 'stock.released.v1', 'stock.low.v1', 'stock.replenished.v1']],
    ['amazon.sync.*', ['amazon.sync.stalled.v1', 'amazon.sync.recovered.v1']],
    ['*', topics],
  ])('%s', (pattern, expected) => {
    expect(topics.filter((topic) => matches(pattern, topic))).toEqual(expected);
  });

  test.each([
    'order',
    'order.created',
    'order.create*',
    'order.created.v9',
    'orders.*',
    '',
    '*.v1',
    'order.%',
    '.*',
    'order.*.v1',
    'ORDER.*',
  ])('is not %j', (pattern) => {
    expect(unknownIn(['order.*', pattern], topics)).toEqual([pattern]);
  });

  test('is the same for the database: an underscore is an underscore', () => {
    expect(likeOf('order.*')).toBe('order.%');
    expect(likeOf('order.processing_started.v1')).toBe('order.processing\\_started.v1');
    expect(likeOf('ship_by.*')).toBe('ship\\_by.%');
    expect(likeOf('*')).toBe('%');
  });
});
