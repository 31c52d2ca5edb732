import { z } from 'zod';
import { nulIssues } from './nul.ts';
import { invalidRequest } from './problem.ts';

/** One page of a list, and where the next one begins. The last page has no `nextCursor`. */
export interface Page<T> {
  items: T[];
  nextCursor?: string | undefined;
}

/** The query of every list: `route({ query: pageQuery.extend({ status: … }) })`. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50).meta({ description: 'How many items at most' }),
  cursor: z.string().max(1_024).optional().meta({ description: 'The `nextCursor` of the page before' }),
});

/** The response schema of a list. */
export const pageOf = <S extends z.ZodType>(item: S) => z.object({ items: z.array(item), nextCursor: z.string().optional() });

/** Cuts a page out of rows that were asked for with `limit + 1`; `positionOf` is the sort key of a row. */
export const toPage = <T>(rows: readonly T[], limit: number, positionOf: (row: T) => unknown): Page<T> => {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return rows.length > limit && last !== undefined ? { items, nextCursor: encodeCursor(positionOf(last)) } : { items };
};

export const encodeCursor = (position: unknown): string => Buffer.from(JSON.stringify(position)).toString('base64url');

/** @throws AppError `request.invalid` naming `cursor`, when it is not one of ours. */
export const decodeCursor = <S extends z.ZodType>(cursor: string, position: S): z.output<S> => {
  const decoded = parseJson(Buffer.from(cursor, 'base64url').toString('utf8'));
  const result = position.safeParse(decoded);
  if (!result.success || nulIssues(decoded).length > 0)
    throw invalidRequest([{ field: 'cursor', message: 'Not a cursor of this list', code: 'field.not-cursor' }]);
  return result.data;
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
