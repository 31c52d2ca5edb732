import type { FieldIssue } from '@orderbus/kernel';
import { execute } from '@orderbus/outbox';
import { FieldProblem, type Route, route, type ServiceKit, withinStores } from '@orderbus/service-kit';
import { z } from 'zod';
import { decide } from '../domain/shipping/decide.ts';
import type { Refused } from '../domain/shipping/decision.ts';
import type { Shipping } from '../domain/shipping/order.ts';
import { ordersByReference } from '../store/order-references.ts';
import { type ShippingOutcome, shipping } from '../store/shipping.ts';
import { shippingOf } from '../store/shipping-loading.ts';
import { csvFile, ofRow, parseTable, problemsInWords, type TableRow } from './csv.ts';
import { type Asked, type Sender, wishItem } from './ship.ts';
import { type ParcelRows, parcelsIn, trackingColumns } from './tracking-file.ts';

/** A row of the report each, so that a person can read it. */
const maxRows = 10_000;
/** Parcels in one transaction: what went well stays, whatever happens to the next ones. */
const atOnce = 200;

const outcomes = ['shipped', 'unchanged', 'refused'] as const;

const Report = z.object({
  dryRun: z.boolean(),
  parcels: z.object({ shipped: z.int(), unchanged: z.int() }),
  rows: z.array(
    z.object({
      row: z.int().describe('As a spreadsheet counts: the header is row 1'),
      order: z.string().optional(),
      sku: z.string().optional(),
      tracking: z.string().optional(),
      outcome: z.enum(outcomes),
      why: z.string().optional(),
      problems: z.array(FieldProblem).optional().describe('What `why` says, one by one, by column or `row`'),
    }),
  ),
});

export const trackingImportRoutes = (kit: ServiceKit): Route[] => [
  route({
    method: 'post',
    path: '/shipments/import',
    access: { needs: 'operate', store: 'filtered' },
    summary: `Ships what a file of tracking numbers says, up to ${maxRows} rows`,
    description:
      'Columns: order (our number or Amazon’s), sku, quantity, carrier, tracking, and if wanted service and date. Rows with the same order and number are one parcel. The same file again changes nothing.',
    tags: ['shipments'],
    query: z.object({
      dryRun: z
        .stringbool({ truthy: ['true'], falsy: ['false'] })
        .default(false)
        .meta({ description: 'Only say what would happen' }),
      tenant: z.string().max(200).optional().describe('The store, when a number exists in several'),
    }),
    upload: csvFile,
    responses: { 200: Report },
    handle: async (input) => {
      const { dryRun, tenant } = input.query;
      const rows: TableRow<typeof trackingColumns>[] = [];
      for await (const batch of parseTable(input.file, trackingColumns, { maxRows })) rows.push(...batch);
      const known = await ordersByReference(
        kit.database,
        rows.flatMap(({ text: { order } }) => order ?? []),
        withinStores(input.caller, tenant === undefined ? undefined : [tenant]),
      );
      const { parcels, refused } = parcelsIn(rows, (reference) => known.get(reference) ?? [], kit.clock.now());
      const results = dryRun ? await tryOut(kit, parcels, input) : await shipAll(kit, parcels, input);

      const byRow = new Map([...refused].map(([row, problems]) => [row, becauseOf('refused', problems)]));
      for (const [n, { rows: of }] of parcels.entries()) for (const row of of) byRow.set(row, results[n] as Result);
      const count = (outcome: Result['outcome']): number => results.filter((result) => result.outcome === outcome).length;
      return {
        ...{ dryRun, parcels: { shipped: count('shipped'), unchanged: count('unchanged') } },
        rows: rows.map(({ row, text: { order, sku, tracking } }) => ({ row, order, sku, tracking, ...(byRow.get(row) as Result) })),
      };
    },
  }),
];

interface Result {
  readonly outcome: (typeof outcomes)[number];
  readonly why?: string;
  readonly problems?: FieldIssue[];
}

const becauseOf = (outcome: Result['outcome'], problems: readonly FieldIssue[]): Result => ({
  ...{ outcome, why: problemsInWords(problems), problems: [...problems] },
});

const shipAll = async (kit: ServiceKit, parcels: readonly ParcelRows[], input: Sender): Promise<Result[]> => {
  const results: Result[] = [];
  for (let at = 0; at < parcels.length; at += atOnce) {
    const items = parcels.slice(at, at + atOnce).map((parcel) => wishItem(parcel.order, wishOf(parcel), input, kit));
    const answers = (await execute(kit.execution, shipping, items)) as readonly ShippingOutcome[];
    results.push(...answers.map((answer) => ('refused' in answer ? refusedFor(answer) : { outcome: 'shipped' as const })));
  }
  return results;
};

/** What would happen, decided on the orders as they are, each parcel after those before it. Nothing is kept. */
const tryOut = async (kit: ServiceKit, parcels: readonly ParcelRows[], input: Sender): Promise<Result[]> => {
  const found = await shippingOf(kit.database, [...new Set(parcels.map(({ order }) => order.id))]);
  const orders = new Map<string, Shipping>(found.map(({ id, order, parcels: own }) => [id, { order, parcels: own }]));
  return parcels.map((parcel) => {
    const { key, command } = wishItem(parcel.order, wishOf(parcel), input, kit);
    const step = decide(orders.get(key), command, key);
    if ('refused' in step) return refusedFor(step);
    orders.set(key, step.state);
    return { outcome: 'shipped' };
  });
};

const wishOf = ({ carrier, service, tracking: trackingNumber, shippedAt, lines }: ParcelRows): Asked => ({
  ...{ type: 'take-in', carrier, service, trackingNumber, shippedAt, lines },
});

const refusedFor = ({ refused, detail, ...rest }: Refused): Result => {
  if (refused === 'already-done') return becauseOf('unchanged', [ofRow('row.parcel-there', 'A parcel with this number is there already.')]);
  if (!('objection' in rest) || !rest.objection) return { outcome: 'refused', why: detail ?? refused };
  const { code: ofAll, errors } = rest.objection;
  return becauseOf(
    'refused',
    errors.map(({ message, code = ofAll, facts }) => ofRow(code, message, facts)),
  );
};
