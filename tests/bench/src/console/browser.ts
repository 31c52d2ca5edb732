import { chromiumArgs, chromiumPath } from '@orderbus/testkit/chromium';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

export const openBrowser = (): Promise<Browser> => chromium.launch({ executablePath: chromiumPath, args: chromiumArgs });

/** A window of somebody who is signed in, with empty caches. */
export const openWindow = async (browser: Browser, { url, cookie }: { readonly url: string; readonly cookie: string }): Promise<Page> => {
  const context: BrowserContext = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 }, locale: 'en-US' });
  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, url }]);
  await context.addInitScript("localStorage.setItem('orderbus.tour', 'seen')");
  await context.addInitScript(watch);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  return page;
};

/**
 * In the page: notes when everything on it stands, and when it has first answered a key in its search. In the page, so that the way between
 * the browser and the bench is not measured; what the bench would bring into the page to look for that took it longer than the key.
 */
const watch = `(() => {
  const bench = (window.bench = {});
  let asked = 0;
  const ask = window.fetch;
  window.fetch = async (...args) => {
    asked++;
    try {
      return await ask(...args);
    } finally {
      asked--;
    }
  };
  /** Until nothing is being asked for, and what came last has been painted. */
  bench.rests = () => new Promise((done) => {
    const look = (quiet) => {
      if (quiet === 3) return done();
      requestAnimationFrame(() => look(asked === 0 && stands() ? quiet + 1 : 0));
    };
    look(0);
  });
  const painted = (then) => requestAnimationFrame(() => setTimeout(() => then(performance.now())));
  const stands = () =>
    document.querySelector('main h1') !== null && document.querySelector('main [aria-busy="true"]') === null;
  const look = () => {
    if (!stands()) return requestAnimationFrame(look);
    painted((at) => {
      bench.shownAt = at;
      document.querySelector('input[type="search"]')?.focus();
      console.debug('bench: shown');
    });
  };
  requestAnimationFrame(look);
  addEventListener('input', () => painted((at) => {
    bench.answeredAt ??= at;
    console.debug('bench: answered');
  }), true);
  const first = () => document.querySelector('main tr[data-row] td + td, main [class*="empty"]');
  const shown = () => [...document.querySelectorAll('main tr[data-row] a')].map((one) => one.textContent).join();
  /** When the last answer with orders was there. */
  const answered = () => performance.getEntriesByType('resource').findLast(({ name }) => name.includes('/orders?'))?.responseEnd ?? 0;
  /** Does something that brings other rows, and answers with how long it took until they were there, and until they were painted. */
  bench.change = (act) => new Promise((done) => {
    const before = { first: first(), shown: shown() };
    const begunAt = performance.now();
    const look = () => {
      const is = first();
      if (is !== null && stands() && (is !== before.first || shown() !== before.shown)) painted((at) => done({ answeredMs: answered() - begunAt, ms: at - begunAt }));
      else if (performance.now() - begunAt > 20_000) done(null);
      else requestAnimationFrame(look);
    };
    performance.clearResourceTimings();
    act();
    requestAnimationFrame(look);
  });
})()`;

/** From the address to a page that shows what it is for, and to one that has answered a key. In milliseconds. */
export interface Load {
  readonly shownMs: number;
  readonly usableMs: number;
  /** Scripts that were loaded, by their paths. */
  readonly scripts: readonly string[];
}

/** To the address, until everything on the page stands. */
export const shown = async (page: Page, route: string): Promise<void> => {
  const stands = tells(page, 'shown');
  await page.goto(route, { waitUntil: 'commit' });
  await stands;
};

const tells = (page: Page, what: 'shown' | 'answered'): Promise<unknown> =>
  page.waitForEvent('console', (message) => message.text() === `bench: ${what}`);

export const load = async (page: Page, route: string): Promise<Load> => {
  await shown(page, route);
  const answered = tells(page, 'answered');
  await page.keyboard.press('a');
  await answered;
  const { shownAt, answeredAt } = await page.evaluate<{ shownAt: number; answeredAt: number }>('window.bench');
  const scripts = await page.evaluate<string[]>(
    `performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname).filter((path) => path.endsWith('.js'))`,
  );
  return { shownMs: shownAt, usableMs: answeredAt, scripts };
};
