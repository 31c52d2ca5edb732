import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { Browser } from 'playwright-core';
import { buildWeb } from '../../../../scripts/build-web.ts';
import { type Spread, spreadOf } from '../spread.ts';
import { type Load, load, openBrowser, openWindow, shown } from './browser.ts';
import { fillShop } from './data.ts';
import { change, changes, press, type Taken } from './filters.ts';
import { type Scrolling, scroll } from './scrolling.ts';
import { openShop, type Shop } from './shop.ts';

interface PageTimes {
  readonly route: string;
  /** With empty caches, and with what a browser has kept. From the address to a page that has answered a key, in milliseconds. */
  readonly cold: Spread;
  readonly warm: Spread;
  /** Of those, until everything on it stood. */
  readonly shownWarm: Spread;
  readonly gzipBytes: number;
}

export interface ConsoleResult {
  readonly fillSeconds: number;
  readonly pages: readonly PageTimes[];
  /** `answers`: until the other rows were there, but not yet painted. */
  readonly filters: Spread & { readonly answers: Spread; readonly slowest: string; readonly count: number; readonly within: number };
  readonly presses: Spread & { readonly slowest: string };
  readonly scrolling: readonly Scrolling[];
  readonly memory: readonly { readonly name: string; readonly bytes: number }[];
}

/** What people are to wait for at most. */
export const answerMs = 300;

/** The console's pages in a browser, with that many orders behind them. */
export const measureConsole = async (adminUrl: string, brokerUrl: string, orders: number, rounds: number): Promise<ConsoleResult> => {
  const [browser] = await Promise.all([openBrowser(), buildWeb()]);
  let shop: Shop | undefined;
  try {
    shop = await openShop(adminUrl, brokerUrl);
    const begunAt = performance.now();
    await fill(adminUrl, orders, shop.keyRing);
    const fillSeconds = (performance.now() - begunAt) / 1_000;
    const orderId = await shop.sell();
    return { fillSeconds, ...(await look(browser, shop, orderId, rounds)), memory: shop.memory() };
  } finally {
    await browser.close();
    await shop?.stop();
  }
};

const fill = async (adminUrl: string, orders: number, keyRing: string): Promise<void> => {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await fillShop(client, orders, keyRing);
  } finally {
    await client.end();
  }
};

type Seen = Omit<ConsoleResult, 'fillSeconds' | 'memory'>;

const look = async (browser: Browser, shop: Pick<Shop, 'url' | 'cookie'>, orderId: string, rounds: number): Promise<Seen> => {
  const pages: PageTimes[] = [];
  for (const route of routes(orderId)) pages.push(await timesOf(browser, shop, route, rounds));
  return { pages, ...(await narrow(browser, shop, rounds)), scrolling: await scrollThrough(browser, shop) };
};

const most = ['/', '/orders', '/orders/$orderId', '/ship'];
const others = [
  ...[
    '/needs',
    '/packing',
    '/parcels',
    '/stock',
    '/blockers',
    '/returns',
    '/money',
    '/credit-memos',
    '/money-attention',
    '/books',
    '/sync',
  ],
  ...['/ledger', '/feeds', '/errors', '/dead-letters', '/gaps', '/alerts', '/setup', '/setup/stores/new', '/setup/stores/store-0'],
  ...['/setup/rules', '/setup/webhooks', '/setup/people', '/setup/keys', '/setup/audit'],
];
const routes = (orderId: string): string[] => [...most, ...others].map((route) => route.replace('$orderId', orderId));

/** The pages that somebody has open all day are looked at more often. */
const timesOf = async (browser: Browser, shop: Pick<Shop, 'url' | 'cookie'>, route: string, rounds: number): Promise<PageTimes> => {
  const times = others.includes(route) ? Math.ceil(rounds / 5) : rounds;
  const cold: Load[] = [];
  const warm: Load[] = [];
  for (let time = 0; time < times; time++) {
    const page = await openWindow(browser, shop);
    cold.push(await load(page, route));
    warm.push(await load(page, route), await load(page, route));
    await page.context().close();
  }
  const scripts = new Set(cold.flatMap((one) => one.scripts));
  const sizes = await Promise.all([...scripts].map(async (path) => (await stat(`${dist}${path}.gz`)).size));
  return {
    route,
    cold: spreadOf(cold.map(({ usableMs }) => usableMs)),
    warm: spreadOf(warm.map(({ usableMs }) => usableMs)),
    shownWarm: spreadOf(warm.map(({ shownMs }) => shownMs)),
    gzipBytes: sizes.reduce((sum, size) => sum + size, 0),
  };
};

const dist = fileURLToPath(new URL('../../../../services/console/web/dist', import.meta.url));

const narrow = async (browser: Browser, shop: Pick<Shop, 'url' | 'cookie'>, rounds: number): Promise<Pick<Seen, 'filters' | 'presses'>> => {
  const page = await openWindow(browser, shop);
  await load(page, '/orders');
  const taken: Taken[] = [];
  const pressed: Taken[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const { what, search } of changes(round)) taken.push({ what, ...(await change(page, search)) });
    pressed.push(...(await press(page, round)));
  }
  await page.context().close();
  const within = taken.filter(({ ms }) => ms < answerMs).length / taken.length;
  const answers = spreadOf(taken.map(({ answeredMs }) => answeredMs));
  return { filters: { ...withSlowest(taken), answers, count: taken.length, within }, presses: withSlowest(pressed) };
};

const withSlowest = (taken: readonly { readonly what: string; readonly ms: number }[]): Spread & { slowest: string } => ({
  ...spreadOf(taken.map(({ ms }) => ms)),
  slowest: taken.toSorted((one, other) => other.ms - one.ms)[0]?.what ?? '',
});

/** A few rows at a time, as somebody reads, and as fast as a wheel goes. */
const scrollThrough = async (browser: Browser, shop: Pick<Shop, 'url' | 'cookie'>): Promise<Scrolling[]> => {
  const page = await openWindow(browser, shop);
  await load(page, '/orders');
  const scrolled: Scrolling[] = [];
  for (const [rows, rowsPerSecond] of [
    [150, 30],
    [400, 80],
    [800, 160],
  ] as const) {
    await shown(page, '/orders');
    scrolled.push(await scroll(page, rows, rowsPerSecond));
  }
  await page.context().close();
  return scrolled;
};
