import { provision } from '@orderbus/outbox';
import { generateKey } from '@orderbus/service-kit';
import pg from 'pg';
import { adjectives, colors, fillOrders, firstNames, lastNames, marketplaces, nouns } from './finding-data.ts';
import { type Running, startProcess } from './processes.ts';

/** How long one kind of question took, in milliseconds. */
interface Timing {
  readonly what: string;
  readonly p50: number;
  readonly p95: number;
  readonly longest: number;
  /** The question that took longest. */
  readonly slowest: string;
}

export interface FindingResult {
  readonly fillSeconds: number;
  readonly timings: readonly Timing[];
  readonly exports: readonly { readonly format: string; readonly perSecond: number }[];
  readonly peakMemory: number;
}

/** The order service with that many orders, asked over HTTP by one caller: lists, deep pages, searches, sums, files. */
export const measureFinding = async (adminUrl: string, brokerUrl: string, orders: number, rounds: number): Promise<FindingResult> => {
  const urls = await provision({ adminUrl, secret: 'bench', tenancies: [{ schema: 'orders', role: 'orderbus_orders' }] });
  const ring = `bench:${generateKey()}`;
  const service = await startProcess('order', 'services/order/src/main.ts', '/ready', {
    DATABASE_URL: urls.orders as string,
    BROKER_URL: brokerUrl,
    ORDERBUS_KEYS: ring,
  });
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const started = performance.now();
    await fillOrders(client, orders, ring);
    const fillSeconds = (performance.now() - started) / 1_000;
    const timings = [
      await timing('first page, filtered and sorted', service, rounds, firstPages),
      await timing('deep page, filtered and sorted', service, rounds, await deepPages(client)),
      await timing('search', service, rounds, searches(await samples(client))),
      await timing('search, filtered and sorted', service, rounds, filteredSearches),
      await timing('summary of a selection', service, Math.ceil(rounds / 5), summaries),
    ];
    const exports = [await exportOf(service, 'csv'), await exportOf(service, 'xlsx')];
    return { fillSeconds, timings, exports, peakMemory: service.peakMemory() };
  } finally {
    await client.end();
    await service.stop();
  }
};

type Questions = (round: number) => readonly string[];

const timing = async (what: string, service: Running, rounds: number, questions: Questions): Promise<Timing> => {
  const taken: { question: string; ms: number }[] = [];
  // The first round fills the caches, as the first caller of a day does.
  for (let round = 0; round <= rounds; round++) {
    for (const question of questions(round)) {
      const started = performance.now();
      const response = await service.ask(question);
      await response.arrayBuffer();
      if (round > 0) taken.push({ question, ms: performance.now() - started });
    }
  }
  const sorted = taken.toSorted((a, b) => a.ms - b.ms);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]?.ms ?? 0;
  return { what, p50: at(0.5), p95: at(0.95), longest: at(1), slowest: sorted.at(-1)?.question ?? '' };
};

const pick = <Item>(items: readonly Item[], n: number): Item => items[n % items.length] as Item;

const marketAt = (n: number): string => pick(marketplaces, n)[0];

/** What is frequent and what is rare, alone and together, in every order: also what contradicts itself and finds nothing. */
const filters: Questions = (n) => [
  '',
  `tenant=store-${n % 4}`,
  `state=${pick(['new', 'blocked', 'processing', 'canceled', 'closed', 'complete'], n)}`,
  'state=new,blocked,processing',
  `marketplace=${marketAt(n)}`,
  `shipToCountry=${pick(['US', 'DE', 'JP'], n)}&program=prime`,
  `program=business&tenant=store-${n % 4}`,
  `tag=${pick(['gift', 'vip'], n)}`,
  'tag=vip&state=complete&fulfilledBy=amazon',
  'needsAttention=true',
  `currency=USD&minTotal=${100 + (n % 200)}`,
  'currency=EUR&minTotal=304&program=prime',
  `currency=JPY&maxTotal=${600 + n}`,
  `purchasedFrom=2025-0${1 + (n % 9)}-01T00:00:00Z&purchasedTo=2025-0${1 + (n % 9)}-08T00:00:00Z`,
  `purchasedFrom=2024-06-01T00:00:00Z&purchasedTo=2025-06-01T00:00:00Z&state=canceled&tenant=store-${n % 4}`,
  'shipByTo=2026-11-02T00:00:00Z&state=processing',
  `marketplace=${marketAt(1)}&shipToCountry=US`,
  `fulfilledBy=merchant&marketplace=${marketAt(5)},${marketAt(6)}&program=prime&tenant=store-1,store-2&state=complete`,
];

const sorts = ['-purchased', 'purchased', 'shipBy', '-shipBy', '-total', 'total', 'number', '-updated', 'store', 'status'];

const firstPages: Questions = (n) => filters(n).map((filter, k) => `/orders?${filter}&sort=${pick(sorts, n + k)}`);

/** From the middle of the whole list, in each order. */
const deepPages = async (client: pg.Client): Promise<Questions> => {
  const place = async (sort: string, columns: readonly string[]) => {
    const values = columns.map((column) => (column.endsWith('_at') || column === 'ship_by' ? isoTime(column) : `${column}::text`));
    const { rows } = await client.query<{ values: string[]; id: string }>(
      `select array[${values.join(', ')}] as values, order_id as id from order_list order by ${[...columns, 'order_id'].join(', ')}
       offset (select count(*) / 2 from order_list) limit 1`,
    );
    return { sort, cursor: Buffer.from(JSON.stringify({ ...rows[0], sort })).toString('base64url') };
  };
  const dates = [
    await place('-purchased', ['purchased_at']),
    await place('purchased', ['purchased_at']),
    await place('-shipBy', ['ship_by']),
  ];
  const totals = [await place('-total', ['currency', 'total_minor']), await place('total', ['currency', 'total_minor'])];
  return (n) =>
    filters(n).map((filter, k) => {
      // With one currency, the middle of all of them may lie outside.
      const { sort, cursor } = pick(filter.includes('currency') ? dates : [...dates, ...totals], n + k);
      return `/orders?${filter}&sort=${sort}&cursor=${cursor}`;
    });
};

const isoTime = (column: string): string => `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

interface Sample {
  readonly amazon: string;
  readonly number: string;
  readonly sku: string;
  readonly asin: string;
}

const samples = async (client: pg.Client): Promise<readonly Sample[]> =>
  (
    await client.query<Sample>(
      `select amazon_order_id as amazon, number, lines #>> '{0,sku}' as sku, lines #>> '{0,asin}' as asin from orders tablesample bernoulli (1) limit 200`,
    )
  ).rows;

const searches =
  (orders: readonly Sample[]): Questions =>
  (n) => {
    const { amazon, number, sku, asin } = pick(orders, n * 7);
    const [, second = '', third = ''] = amazon.split('-');
    return [
      ...[amazon, amazon.replaceAll('-', ''), `${second}-${third}`, third, third.slice(0, 4), third.slice(-4), amazon.slice(0, 8)],
      ...[
        number,
        String(Number(number)),
        sku,
        sku.toLowerCase().replaceAll('-', ''),
        sku.split('-').slice(1, 3).join('-'),
        asin,
        asin.slice(0, 7),
      ],
      ...[
        `1Z${third}${second}`,
        pick(nouns, n),
        pick(colors, n),
        `${pick(colors, n)} ${pick(nouns, n)}`,
        `${pick(adjectives, n)} ${pick(nouns, n)} set`,
      ],
      ...[pick(nouns, n).slice(0, 3), 'home kitchen', `${pick(nouns, n)} nothing`, pick(lastNames, n * 3), pick(lastNames, n).slice(0, 4)],
      ...[
        `${pick(firstNames, n)} ${pick(lastNames, n)}`,
        pick(firstNames, n),
        `${pick(lastNames, n)} ${pick(nouns, n)}`,
        'thereisnosuchthing',
      ],
    ].map((text) => `/orders?q=${encodeURIComponent(text)}`);
  };

const filteredSearches: Questions = (n) =>
  [
    `q=${pick(nouns, n)}&state=new,processing`,
    `q=${pick(colors, n)}&tenant=store-${n % 4}`,
    `q=${pick(adjectives, n)}+${pick(colors, n + 1)}&marketplace=${marketAt(n)}&state=canceled`,
    `q=${pick(lastNames, n)}&state=complete`,
    `q=kitchen&purchasedFrom=2024-06-01T00:00:00Z&purchasedTo=2024-07-01T00:00:00Z`,
    `q=${pick(nouns, n)}&currency=USD&minTotal=250`,
  ].map((query, k) => `/orders?${query}&sort=${pick(sorts, n + k)}`);

const summaries: Questions = (n) => [`/orders/summary?${pick(filters(n), n)}`, `/orders/summary?q=${pick(nouns, n)}`];

const exportOf = async (service: Running, format: string): Promise<{ format: string; perSecond: number }> => {
  const started = performance.now();
  const answer = await service.ask('/exports', {
    method: 'POST',
    body: JSON.stringify({ format, filters: { marketplace: [marketAt(1), marketAt(2)] } }),
  });
  const { id } = (await answer.json()) as { id: string };
  for (;;) {
    const { state, rows } = (await (await service.ask(`/exports/${id}`)).json()) as { state: string; rows: number };
    if (state === 'done') return { format, perSecond: (rows / (performance.now() - started)) * 1_000 };
    if (state === 'failed') throw new Error('the export failed');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};
