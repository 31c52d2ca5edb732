import type { Clock } from '@orderbus/kernel';
import type { Database } from '@orderbus/outbox';
import { csvLine, media, type Route, raw, response, route } from '@orderbus/service-kit';
import { z } from 'zod';
import { type VaultReport, vaultReport } from '../store/vault-report.ts';
import type { RetentionRules } from '../vault/retention.ts';
import { LegalHoldView } from './buyer-views.ts';

const monthCount = { month: z.string().describe('In UTC'), orders: z.int() };

const Run = z.object({
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  purged: z.int(),
  emptiedDeadLetters: z.int(),
  failure: z.string().nullable(),
});

const Report = z.object({
  generatedAt: z.iso.datetime(),
  rules: z.object({ keptDays: z.number(), transitDays: z.number(), longestDays: z.number() }),
  kept: z.object({
    orders: z.int(),
    oldestPurchaseAt: z.iso.datetime().nullable(),
    overdue: z.int().describe('Their time is up, and they are not held'),
    oldestDueAt: z.iso.datetime().nullable(),
    dueWithinWeek: z.int(),
    held: z.int(),
  }),
  keptByMonth: z.array(z.object(monthCount)).describe('By the month of the purchase'),
  purgedByMonth: z.array(z.object({ ...monthCount, reason: z.string() })),
  accessesByMonth: z.array(z.object({ ...monthCount, action: z.string() })),
  holds: z.array(LegalHoldView.extend({ orderId: z.uuid(), tenant: z.string() })).describe('The first thousand'),
  lastRun: Run.nullable(),
  lastFailure: Run.nullable(),
});
type Report = z.output<typeof Report>;

const dayMs = 86_400_000;

export const reportRoutes = (database: Database, rules: RetentionRules, clock: Clock): Route[] => {
  const report = async (): Promise<Report> => {
    const generatedAt = clock.now().toISOString();
    return {
      generatedAt,
      rules: { keptDays: rules.keptMs / dayMs, transitDays: rules.transitMs / dayMs, longestDays: rules.longestMs / dayMs },
      ...((await vaultReport(database, rules, generatedAt)) as Pick<Report, keyof VaultReport>),
    };
  };
  return [
    route({
      method: 'get',
      path: '/vault/report',
      access: { needs: 'administer', store: 'all' },
      summary: 'What is kept of buyers, until when, who has looked, and what was forgotten',
      tags: ['buyers'],
      responses: { 200: Report },
      handle: report,
    }),
    route({
      method: 'get',
      path: '/vault/report.csv',
      access: { needs: 'administer', store: 'all' },
      summary: 'The same, as lines for a spreadsheet',
      tags: ['buyers'],
      responses: { 200: media('text/csv') },
      handle: async () =>
        response(
          200,
          raw(
            'text/csv; charset=utf-8',
            linesOf(await report())
              .map(csvLine)
              .join(''),
          ),
          attached,
        ),
    }),
  ];
};

const attached = { 'content-disposition': 'attachment; filename="buyer-data-report.csv"' };

type Line = readonly (string | number | null)[];

const linesOf = (report: Report): Line[] => [
  ['section', 'month', 'what', 'value'],
  ['report', null, 'generatedAt', report.generatedAt],
  ...Object.entries(report.rules).map(([what, value]): Line => ['rules', null, what, value]),
  ...Object.entries(report.kept).map(([what, value]): Line => ['kept', null, what, value]),
  ...report.keptByMonth.map(({ month, orders }): Line => ['kept by month of purchase', month, 'orders', orders]),
  ...report.purgedByMonth.map(({ month, reason, orders }): Line => ['purged', month, reason, orders]),
  ...report.accessesByMonth.map(({ month, action, orders }): Line => ['accesses', month, action, orders]),
  ...report.holds.map(
    ({ orderId, reason, by, since, until }): Line => [...['held', since.slice(0, 7), orderId, `until ${until}, by ${by}: ${reason}`]],
  ),
  ...Object.entries(report.lastRun ?? {}).map(([what, value]): Line => ['last run', null, what, value]),
  ...Object.entries(report.lastFailure ?? {}).map(([what, value]): Line => ['last failure', null, what, value]),
];
