import { csvLine, media, type Route, raw, response, route } from '@orderbus/service-kit';
import { z } from 'zod';
import { type ReviewLine, reviewOf } from '../domain/access-review.ts';
import { everyApiKey } from '../store/api-keys.ts';
import { everyPerson } from '../store/people.ts';
import type { AccessKit } from '../surroundings.ts';
import { manageAccess } from './people-routes.ts';

const Line = z.object({
  kind: z.enum(['person', 'key']),
  id: z.string(),
  name: z.string(),
  email: z.string().describe('Of a key: its maker'),
  state: z.string(),
  role: z.string(),
  permissions: z.array(z.string()),
  stores: z.union([z.literal('*'), z.array(z.string())]),
  secondFactor: z.boolean(),
  lastUsedAt: z.iso.datetime().nullable(),
  since: z.iso.datetime(),
  until: z.iso.datetime().nullable(),
  remarks: z.array(z.string()).describe('What somebody should look at'),
});

/** The list for the quarterly review: who may what, and who has not been here for long. */
export const reviewRoutes = (kit: AccessKit): Route[] => {
  const lines = async (): Promise<ReviewLine[]> =>
    reviewOf(await everyPerson(kit.database), await everyApiKey(kit.database), kit.clock.now());
  return [
    route({
      ...{
        method: 'get',
        path: '/access-review',
        access: manageAccess,
        summary: 'Who may what, and since when he has not been here',
        tags: ['review'],
      },
      responses: { 200: z.object({ at: z.iso.datetime(), items: z.array(Line) }) },
      handle: async () => ({ at: kit.clock.now().toISOString(), items: await lines() }),
    }),
    route({
      ...{ method: 'get', path: '/access-review.csv', access: manageAccess, summary: 'The same, for a spreadsheet', tags: ['review'] },
      responses: { 200: media('text/csv') },
      handle: async () => {
        const rows = (await lines()).map((line) => columns.map((column) => cellOf(line[column])));
        return response(200, raw('text/csv; charset=utf-8', [[...columns], ...rows].map(csvLine).join('')), attached);
      },
    }),
  ];
};

const columns = Object.keys(Line.shape) as (keyof ReviewLine)[];

const cellOf = (value: ReviewLine[keyof ReviewLine]): string => {
  if (value === null) return '';
  return typeof value === 'object' ? value.join(' ') : String(value);
};

const attached = { 'content-disposition': 'attachment; filename="access-review.csv"' };
