import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Result, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

/** It is there: its heading stands, and nothing on it is still being loaded. */
export const isThere = async (page: Page): Promise<void> => {
  await page.locator('main h1').first().waitFor();
  await page.locator('main [aria-busy="true"]').first().waitFor({ state: 'detached' });
};

/** To another page without loading everything anew, as a link does, until it is drawn. */
export const goTo = async (page: Page, route: string): Promise<void> => {
  await page.evaluate(`new Promise((done) => {
    const router = window.__TSR_ROUTER__;
    const forget = router.subscribe('onRendered', () => { forget(); done(); });
    router.navigate({ href: ${JSON.stringify(route)} });
  })`);
  await isThere(page);
};

const axeSource = readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const everyRule = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds. In the other theme only colors are others. Nothing but what is wrong is described: half of the time goes into the rest. */
export const barriers = async (page: Page, only?: 'colors'): Promise<string[]> => {
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(await axeSource);
  const options: RunOptions = {
    runOnly: only ? { type: 'rule', values: ['color-contrast'] } : { type: 'tag', values: everyRule },
    ...{ resultTypes: ['violations'], preload: false },
  };
  const violations = await page.evaluate<Result[]>(`axe.run(document, ${JSON.stringify(options)}).then(({ violations }) => violations)`);
  return violations.flatMap(({ id, nodes }) =>
    nodes
      .slice(0, 3)
      .map(({ target, failureSummary = '' }) => `${id}: ${target.join(' ')} ${failureSummary.split('\n').slice(1, 3).join(' ').trim()}`),
  );
};

/** The other theme, when nothing on the page is on its way there any more. */
export const turnDark = async (page: Page): Promise<void> => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.evaluate(`new Promise((done) => {
    const isDark = () => document.documentElement.dataset.mantineColorScheme === 'dark';
    const isMoving = () => document.getAnimations().some((one) => one instanceof CSSTransition);
    const look = () => (isDark() && !isMoving() ? done() : requestAnimationFrame(look));
    requestAnimationFrame(look);
  })`);
};

/** By how many pixels the page is wider than its window. */
export const tooWide = async (page: Page, width: number): Promise<string[]> => {
  await page.setViewportSize({ width, height: 900 });
  const excess = await page.evaluate<number>(
    'new Promise((done) => requestAnimationFrame(() => done(document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth)))',
  );
  return excess > 0 ? [`${excess} px wider than a window of ${width} px`] : [];
};

/** Where the focus is after the first steps of somebody without a mouse, if that cannot be seen. */
export const hiddenFocus = async (page: Page): Promise<string[]> => {
  const hidden: string[] = [];
  for (let step = 0; step < 3; step++) {
    await page.keyboard.press('Tab');
    const about = await page.evaluate<string>(`(() => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(document.activeElement);
      return (outlineStyle === 'none' || outlineWidth === '0px') && boxShadow === 'none' ? document.activeElement.outerHTML.slice(0, 120) : '';
    })()`);
    if (about !== '') hidden.push(`focus cannot be seen: ${about}`);
  }
  return hidden;
};

/** What is written on it, and what those hear or find who do not see it. Not what machines write for machines. */
export const textsOn = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`(() => {
    const texts = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) if (!walker.currentNode.parentElement.closest('code, pre, script, style, noscript')) texts.push(walker.currentNode.data.trim());
    for (const one of document.querySelectorAll('[aria-label], [title], [placeholder]')) texts.push(one.ariaLabel ?? '', one.title ?? '', one.placeholder ?? '');
    return texts;
  })()`);

/** Texts that are the names of words, which were not found. */
export const missingWords = async (page: Page): Promise<string[]> => {
  const shown = await textsOn(page);
  return shown
    .filter((text) => (/^([\w-]+:)?[a-z]\w*(\.[\w-]+)+$/i.test(text) && !/^amazon\./.test(text)) || /{{|\$t\(/.test(text))
    .map((text) => `no words: ${text}`);
};
