import { describe, expect, test } from '@jest/globals';
import { type Chain, isWhole, learned, mostKept, pageSize, pagesAround, rowsOf, tooFar, unread } from './chain.ts';

const full = (nextCursor: string) => ({ length: pageSize, nextCursor });

const read = (...answers: readonly { length: number; nextCursor?: string }[]): Chain =>
  answers.reduce((chain, answer, page) => learned(chain, page, answer), unread);

describe('a long list', () => {
  test('grows by a page as soon as the one before it has said where it begins', () => {
    expect(rowsOf(read(full('a')))).toBe(2 * pageSize);
    expect(isWhole(read(full('a')))).toBe(false);
  });

  test('ends with the page that names no other', () => {
    const chain = read(full('a'), full('b'), { length: 7 });
    expect(rowsOf(chain)).toBe(2 * pageSize + 7);
    expect(isWhole(chain)).toBe(true);
  });

  test('that is empty has one page without rows', () => {
    expect(rowsOf(read({ length: 0 }))).toBe(0);
  });

  test('is the same when a page comes again as it was', () => {
    const chain = read(full('a'), full('b'), { length: 7 });
    expect(learned(chain, 1, full('b'))).toBe(chain);
    expect(learned(chain, 2, { length: 7 })).toBe(chain);
  });

  test('keeps the way to its later pages when an order comes in at the top', () => {
    const chain = learned(read(full('a'), full('b'), full('c')), 0, full('a2'));
    expect(chain.cursors).toEqual([undefined, 'a2', 'b', 'c']);
  });

  test('that has become shorter ends where its page says so', () => {
    const chain = learned(read(full('a'), full('b'), full('c')), 1, { length: 3 });
    expect(chain).toEqual({ cursors: [undefined, 'a'], lastLength: 3 });
  });

  test('that has become longer goes on behind its former end', () => {
    const chain = learned(read(full('a'), { length: 99 }), 1, full('b'));
    expect(chain).toEqual({ cursors: [undefined, 'a', 'b'] });
  });

  test('asks for the pages on the screen and next to it, as far as it knows the way', () => {
    const chain = read(full('a'), full('b'), full('c'));
    expect(pagesAround(chain, 0, 20)).toEqual([0]);
    expect(pagesAround(chain, 40, 60)).toEqual([0, 1]);
    expect(pagesAround(chain, 120, 140)).toEqual([0, 1]);
    expect(pagesAround(chain, 390, 399)).toEqual([3]);
    expect(pagesAround(unread, 90, 120)).toEqual([0]);
  });

  test('lets go of what is far away', () => {
    const held = Array.from({ length: 50 }, (_, page) => page);
    const gone = tooFar(held, [30, 31]);
    expect(gone).toHaveLength(50 - mostKept);
    expect(gone).not.toContain(30);
    expect(gone).toContain(0);
  });
});
