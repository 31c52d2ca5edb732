import { chromiumArgs, chromiumPath } from '@orderbus/testkit/chromium';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { buildWeb } from '../../../../scripts/build-web.ts';
import { openShop, type Shop, type ShopOptions } from '../shop.ts';

export interface Office {
  readonly shop: Shop;
  /** A window of a browser that nobody else uses, signed in as the first administrator unless told otherwise. */
  sit(wish?: Wish): Promise<Desk>;
  close(): Promise<void>;
}

export interface Wish {
  /** `name=value`; empty: signed out. Default: the first administrator's. */
  readonly cookie?: string;
  readonly language?: 'en' | 'de';
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  /** Is shown the tour, as everybody is at first. Default: has seen it. */
  readonly tour?: boolean;
}

export interface Desk {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Whatever a page must never do: errors on the console, what its policy forbids, requests to elsewhere. */
  readonly complaints: string[];
}

/** The whole of Orderbus with its pages, and somebody's browser. */
export const openOffice = async (options: ShopOptions = {}): Promise<Office> => {
  const [browser] = await Promise.all([chromium.launch({ executablePath: chromiumPath, args: chromiumArgs }), buildWeb()]);
  const shop = await openShop({
    ...options,
    sandbox: { limits: 'off', visibilityLagMs: 0, feedDelayMs: { queueMs: 0, processingMs: 0 }, ...options.sandbox },
    environment: { AMAZON_FEED_EVERY: '200ms', AMAZON_FEED_PATIENCE: '500ms', ...options.environment },
  }).catch(async (error: unknown) => {
    await browser.close();
    throw error;
  });
  return {
    shop,
    sit: (wish = {}) => sit(browser, shop, wish),
    close: async () => {
      await browser.close();
      await shop.stop();
    },
  };
};

const sit = async (browser: Browser, shop: Shop, wish: Wish): Promise<Desk> => {
  const { cookie, language = 'en', theme = 'light', width = 1440, tour = false } = wish;
  const context = await browser.newContext({
    baseURL: shop.system.url,
    viewport: { width, height: 900 },
    colorScheme: theme,
    locale: language === 'de' ? 'de-DE' : 'en-US',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  });
  const [name = '', value = ''] = (cookie ?? shop.admin.cookie).split('=');
  if (name !== '') await context.addCookies([{ name, value, url: shop.system.url }]);
  if (!tour) await context.addInitScript("localStorage.setItem('orderbus.tour', 'seen')");
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  return { context, page, complaints: complaintsOf(context, shop.system.url) };
};

const complaintsOf = (context: BrowserContext, own: string): string[] => {
  const complaints: string[] = [];
  // What the policy forbids is an error on the console, too.
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.page()?.url()}: ${message.text()}`);
  });
  context.on('weberror', (problem) => complaints.push(`${problem.page()?.url()}: ${problem.error().message}`));
  context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${own}/`) && !/^(data|blob):/.test(url)) complaints.push(`${request.frame().url()} asks ${url}`);
  });
  return complaints;
};
