import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { decodeCursor, encodeCursor, pageQuery, toPage } from './page.ts';

const Position = z.tuple([z.iso.datetime(), z.string()]);
const position: z.infer<typeof Position> = ['2026-01-01T00:00:00.000Z', 'o-1'];

describe('a cursor', () => {
  test('comes back as the position that it was made of', () => {
    expect(decodeCursor(encodeCursor(position), Position)).toEqual(position);
  });

  test.each(['', '%%%', 'bm90IGpzb24', encodeCursor([1, 2]), encodeCursor({}), encodeCursor([position[0], 'a\0b'])])(
    'is not %j: the request is told so',
    (cursor) => {
      expect(() => decodeCursor(cursor, Position)).toThrow(
        expect.objectContaining({ kind: 'invalid', details: { errors: [expect.objectContaining({ code: 'field.not-cursor' })] } }),
      );
    },
  );
});

describe('a page', () => {
  const rows = [1, 2, 3].map((n) => ({ n }));

  test('has a next one exactly when there was one row more than asked for', () => {
    expect(toPage(rows, 2, ({ n }) => n)).toEqual({ items: [{ n: 1 }, { n: 2 }], nextCursor: encodeCursor(2) });
    expect(toPage(rows, 3, ({ n }) => n)).toEqual({ items: rows });
    expect(toPage([], 3, () => 0)).toEqual({ items: [] });
  });

  test('holds 50 items unless asked otherwise, and 200 at most', () => {
    expect(pageQuery.parse({})).toEqual({ limit: 50 });
    expect(pageQuery.parse({ limit: '200' })).toEqual({ limit: 200 });
    expect(pageQuery.safeParse({ limit: '201' }).success).toBe(false);
    expect(pageQuery.safeParse({ limit: '0' }).success).toBe(false);
  });
});
