import type { Page } from 'playwright-core';
import { lastNames, marketplaces, nouns } from '../finding-data.ts';

interface Times {
  /** Until the other rows were there. */
  readonly answeredMs: number;
  /** Until they were painted. */
  readonly ms: number;
}

export interface Taken extends Times {
  readonly what: string;
}

/** A change of what is listed, by what the address says then. */
interface Change {
  readonly what: string;
  readonly search: string;
}

const day = (ago: number): string => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 'yyyy-mm-dd'.length);
const sorts = ['purchased', '-shipBy', 'shipBy', '-total', 'total', 'number', '-updated', 'store', 'status'];
const market = (n: number): string => (marketplaces[n % marketplaces.length] ?? marketplaces[0])[0];

/** Frequent and rare, alone and together, in every order: also what contradicts itself and finds nothing. */
export const changes = (round: number): Change[] => {
  const filters: readonly (readonly [what: string, search: string])[] = [
    ['status', `state=${['new', 'blocked', 'processing', 'canceled', 'closed', 'complete'][round % 6]}`],
    ['statuses', 'state=new,blocked,processing'],
    ['store', `tenant=store-${round % 4}`],
    ['marketplace', `marketplace=${market(round)}`],
    ['two marketplaces and a store', `marketplace=${market(round)},${market(round + 1)}&tenant=store-${round % 4}`],
    ['country and program', `shipToCountry=DE&program=prime`],
    ['program', 'program=business'],
    ['tag', 'tag=vip'],
    ['rare tag and status', 'tag=vip&state=complete&fulfilledBy=amazon'],
    ['attention', 'needsAttention=true'],
    ['days', `purchasedFrom=${day(40 + round * 7)}&purchasedTo=${day(33 + round * 7)}`],
    ['a year and a status', `purchasedFrom=${day(500)}&purchasedTo=${day(135)}&state=canceled&tenant=store-${round % 4}`],
    ['ship by', `shipByTo=${day(0)}&state=processing`],
    ['totals', `currency=USD&minTotal=${100 + round * 20}`],
    ['totals and program', 'currency=EUR&minTotal=304&program=prime'],
    ['what contradicts itself', `marketplace=${market(0)}&shipToCountry=JP`],
    ['word', `q=${nouns[round % nouns.length]}`],
    ['word and status', `q=${nouns[(round + 7) % nouns.length]}&state=new,processing`],
    ['word and totals', `q=${nouns[(round + 3) % nouns.length]}&currency=USD&minTotal=250`],
    ['name', `q=${lastNames[(round * 3) % lastNames.length]}`],
    ['nothing', 'q=thereisnosuchthing'],
  ];
  return filters.flatMap(([what, search], n) => {
    const sort = sorts[(n + round) % sorts.length] as string;
    return [
      { what, search },
      { what: `${what}, by ${sort}`, search: `${search}&sort=${sort}` },
    ];
  });
};

/** What somebody does with the mouse and the keyboard, and what the list is narrowed to before. */
const presses: readonly { readonly what: string; readonly from: string; readonly act: string }[] = [
  { what: 'a chip is taken away', from: 'state=canceled', act: `document.querySelector('main fieldset [aria-label^="Remove"]').click()` },
  {
    what: 'one of two chips is taken away',
    from: 'tenant=store-1&program=prime',
    act: `document.querySelector('main fieldset [aria-label^="Remove"]').click()`,
  },
  {
    what: 'all chips are taken away',
    from: 'state=blocked&tenant=store-2',
    act: `[...document.querySelectorAll('main fieldset > button')].at(-1).click()`,
  },
  { what: 'a heading is pressed', from: '', act: `document.querySelector('main th button').click()` },
  {
    what: 'a heading is pressed in a filtered list',
    from: 'state=complete&program=prime',
    act: `[...document.querySelectorAll('main th button')].at(3).click()`,
  },
  { what: 'a word is searched for', from: '', act: searchFor('lamp') },
  { what: 'another word is searched for', from: 'q=lamp', act: searchFor('ceramic mug') },
];

function searchFor(words: string): string {
  return `(() => { const field = document.querySelector('search input'); field.value = '${words}'; field.form.requestSubmit(); })()`;
}

/** From the press on a page that rests until the other rows were painted. */
export const press = async (page: Page, round: number): Promise<Taken[]> => {
  const taken: Taken[] = [];
  for (const { what, from, act } of presses) {
    await change(page, `${from}&marketplace=${market(round)}`);
    taken.push({ what, ...(await changed(page, act, what)) });
  }
  return taken;
};

/** From the change of the address, as a press on a filter makes it once the page rests, until the other rows were painted. Milliseconds. */
export const change = (page: Page, search: string): Promise<Times> =>
  changed(page, `history.pushState({}, '', ${JSON.stringify(`/orders?${search}`)})`, search);

const changed = async (page: Page, act: string, what: string): Promise<Times> => {
  // How many orders there are is counted once they are shown, which takes longer: nobody changes a filter five times a second.
  const times = await page.evaluate<Times | null>(`window.bench.rests().then(() => window.bench.change(() => { ${act} }))`);
  if (times === null) throw new Error(`no other rows came: ${what}`);
  return times;
};
