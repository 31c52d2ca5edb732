import { actorOf, type Route, route, type ServiceKit, said } from '@orderbus/service-kit';
import { z } from 'zod';
import { mainLocation } from '../domain/shelf.ts';
import { mostUnits } from '../domain/stock-command.ts';
import { upsertProducts } from '../store/products.ts';
import { changeStock, rehearseChange } from './change-stock.ts';
import { csvFile } from './csv.ts';
import { type Import, importQuery, importTable, reported, reportOf } from './import.ts';
import { LocationCode, Sku } from './sku.ts';

const missing = said('field.missing', 'Missing');

const flag = z
  .stringbool({ truthy: ['true', 'yes', '1'], falsy: ['false', 'no', '0'], error: said('field.not-flag', 'Expected true or false') })
  .optional();

const productColumns = {
  sku: Sku,
  title: z.string({ error: missing }).trim().min(1).max(500),
  enabled: flag,
  manageStock: flag,
  lowStockAt: z
    .string()
    .regex(/^(\d{1,10}|default)$/, said('field.not-int-or-default', 'Expected a whole number, or default'))
    .transform((text) => (text === 'default' ? null : Number(text)))
    .pipe(z.int().max(mostUnits).nullable())
    .optional(),
};

const stockColumns = {
  sku: Sku,
  onHand: z
    .string({ error: missing })
    .regex(/^\d{1,10}$/, said('field.not-int', 'Expected a whole number'))
    .transform(Number)
    .pipe(z.int().max(mostUnits)),
  location: LocationCode.default(mainLocation),
};

const description =
  'Up to 100,000 rows, separated by commas, semicolons or tabs, in UTF-8; the first row names the columns. Each row is taken in or refused for itself. ' +
  'With `Accept: text/csv`, the answer has every row.';

/** Files of products and of counted stock. */
export const importRoutes = (kit: ServiceKit): Route[] => [
  route({
    method: 'post',
    path: '/products/import',
    access: { needs: 'operate', store: 'shared' },
    summary: 'Creates or changes the products of a CSV file: sku, title, enabled, manageStock, lowStockAt',
    description,
    tags: ['products'],
    query: importQuery,
    upload: csvFile,
    responses: reported,
    handle: async ({ file, query: { dryRun }, headers }) =>
      reportOf(await importTable(file, ofProducts(kit, dryRun)), dryRun, headers.accept),
  }),
  route({
    method: 'post',
    path: '/stock/import',
    access: { needs: 'operate', store: 'shared' },
    summary: 'Sets the units on hand of a CSV file, as counted: sku, onHand, location',
    description,
    tags: ['stock'],
    query: importQuery,
    upload: csvFile,
    responses: reported,
    handle: async ({ file, query: { dryRun }, headers, caller }) => {
      const counts = ofStock(kit, dryRun, actorOf({ caller }).name);
      return reportOf(await importTable(file, counts), dryRun, headers.accept);
    },
  }),
];

const ofProducts = (kit: ServiceKit, dryRun: boolean): Import<typeof productColumns> => ({
  columns: productColumns,
  keyOf: ({ sku }) => sku,
  apply: async (rows) => {
    const products = rows.map(({ values }) => values);
    let results: Awaited<ReturnType<typeof upsertProducts>> = new Map();
    await (dryRun ? rehearseChange : changeStock)(kit, {
      skus: products.map(({ sku }) => sku),
      alongside: async (tx) => {
        results = await upsertProducts(tx, products);
      },
    });
    return products.map(({ sku }) => ({ result: results.get(sku) ?? 'unchanged' }));
  },
});

const ofStock = (kit: ServiceKit, dryRun: boolean, actor: string): Import<typeof stockColumns> => ({
  columns: stockColumns,
  keyOf: ({ sku, location }) => JSON.stringify([sku, location]),
  apply: async (rows) => {
    const counts = rows.map(({ values }) => values);
    const outcomes = await (dryRun ? rehearseChange : changeStock)(kit, {
      skus: counts.map(({ sku }) => sku),
      commands: counts.map((count) => ({ type: 'set', actor, ...count })),
    });
    return outcomes.map((outcome) => {
      if ('events' in outcome) return { result: 'changed' };
      return 'problem' in outcome ? { result: 'refused', problems: [outcome.problem] } : { result: 'unchanged' };
    });
  },
});
