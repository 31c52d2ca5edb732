import { Readable } from 'node:stream';
import { type AuditEntry, auditFaults, auditOutcomes, type Database, everyAudit, listAudit, verifyOwnAudit } from '@orderbus/outbox';
import { z } from 'zod';
import { type Caller, storesOf } from '../access/caller.ts';
import { csvLine, inChunks } from '../csv.ts';
import { decodeCursor, pageOf, pageQuery, toPage } from '../http/page.ts';
import { media, raw, response } from '../http/reply.ts';
import { type Route, route } from '../http/route.ts';

const EntryView = z.object({
  seq: z.int(),
  at: z.iso.datetime(),
  actor: z.string().describe('`person:<id>`, `key:<id>` or `service:<name>`'),
  actorName: z.string(),
  onBehalfOf: z.string().nullable().describe('Whom a service speaks for'),
  action: z.string().describe("A route's operationId, or a name such as `buyer.shown`"),
  subjects: z.array(z.string()).describe('What it is about: `order:<id>`'),
  tenant: z.string().nullable(),
  reason: z.string().nullable(),
  fields: z.array(z.string()).describe('Which parts were seen or set; never what is in them'),
  outcome: z.enum(auditOutcomes).describe('`asked` stands before the work; what became of it stands in the entry that `answers` it'),
  status: z.int().nullable(),
  answers: z.int().nullable(),
  correlationId: z.string(),
  address: z.string().nullable(),
  prevHash: z.string(),
  hash: z.string(),
});

const filters = {
  from: z.iso.datetime({ offset: true }).optional().describe('Inclusive'),
  to: z.iso.datetime({ offset: true }).optional().describe('Exclusive'),
  actor: z.string().max(200).optional(),
  name: z.string().max(200).optional().describe('Of the actor, or of whom it spoke for'),
  action: z.string().max(100).optional(),
  subject: z.string().max(200).optional().describe('`order:<id>`'),
  tenant: z.string().max(100).optional(),
  outcome: z.enum(auditOutcomes).optional(),
  reason: z.string().max(500).optional(),
};

const Anchor = z.object({ seq: z.int(), hash: z.string() });

const Verification = z.object({
  entries: z.int().describe('How many are as they were written'),
  head: Anchor.describe('The last of them'),
  unanswered: z.array(z.int()).describe('Asked, and not answered: broken off, or still going on. The first hundred'),
  broken: z.object({ seq: z.int(), fault: z.enum(auditFaults) }).optional(),
});

const Position = z.object({ at: z.iso.datetime(), seq: z.int() });

const contentTypes = { csv: 'text/csv; charset=utf-8', ndjson: 'application/x-ndjson; charset=utf-8' } as const;

export interface AuditRoutesOptions {
  readonly database: Database;
  readonly schema: string;
}

/** Who has asked this service for what: page by page, as a file, and whether somebody has laid hands on it. */
export const auditRoutes = ({ database, schema }: AuditRoutesOptions): Route[] => [
  route({
    method: 'get',
    path: '/audit',
    access: { needs: 'manage-access', store: 'filtered' },
    summary: 'Who has asked for what, newest first',
    tags: ['audit'],
    query: pageQuery.extend(filters),
    responses: { 200: pageOf(EntryView) },
    handle: async ({ caller, query: { limit, cursor, ...filter } }) => {
      const after = cursor === undefined ? undefined : decodeCursor(cursor, Position);
      const entries = await listAudit(database, within(filter, caller), { order: 'newest-first', after, limit: limit + 1 });
      return toPage(entries, limit, ({ at, seq }) => ({ at, seq }));
    },
  }),
  route({
    method: 'get',
    path: '/audit/export',
    access: { needs: 'manage-access', store: 'filtered' },
    summary: 'The same as a file, oldest first',
    description: 'NDJSON holds each entry as `GET /audit` shows it. In CSV, what a spreadsheet would take for a formula is made text.',
    tags: ['audit'],
    query: z.object({ ...filters, format: z.enum(['csv', 'ndjson']).default('csv') }),
    responses: { 200: media(contentTypes.csv, contentTypes.ndjson) },
    handle: ({ caller, query: { format, ...filter } }) => {
      const lines = format === 'csv' ? csvLines : jsonLines;
      const file = Readable.from(inChunks(lines(everyAudit(database, within(filter, caller)))));
      return response(200, raw(contentTypes[format], file), { 'content-disposition': `attachment; filename="audit-${schema}.${format}"` });
    },
  }),
  route({
    method: 'get',
    path: '/audit/verification',
    access: { needs: 'manage-access', store: 'all' },
    summary: 'Computes the whole chain again: is every entry there, and as it was written?',
    tags: ['audit'],
    responses: { 200: Verification },
    handle: () => verifyOwnAudit(database, { schema }),
  }),
];

const within = <Filter extends object>(filter: Filter, caller: Caller) => ({ ...filter, tenants: storesOf(caller) });

const columns = Object.keys(EntryView.shape) as (keyof AuditEntry)[];

async function* csvLines(entries: AsyncIterable<AuditEntry>): AsyncGenerator<string> {
  yield csvLine(columns);
  for await (const entry of entries) yield csvLine(columns.map((column) => cellOf(entry[column])));
}

const cellOf = (value: AuditEntry[keyof AuditEntry]): string | number | null =>
  typeof value === 'object' && value !== null ? value.join(' ') : value;

async function* jsonLines(entries: AsyncIterable<AuditEntry>): AsyncGenerator<string> {
  for await (const entry of entries) yield `${JSON.stringify(entry)}\n`;
}
