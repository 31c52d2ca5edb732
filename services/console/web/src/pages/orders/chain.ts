export const pageSize = 100;

/**
 * Where each page begins, as far as somebody has come: pages are chained by cursors and can only be learned of one after the other. What was
 * learned stays, so that pages can be let go and be fetched again.
 */
export interface Chain {
  /** The first page has none. */
  readonly cursors: readonly [undefined, ...string[]];
  /** How many rows the last page has; unknown as long as another one follows. */
  readonly lastLength?: number;
}

export const unread: Chain = { cursors: [undefined] };

/** What a page says about the one after it. Behind a page that begins elsewhere now, everything has moved. */
export const learned = (chain: Chain, page: number, answer: { readonly length: number; readonly nextCursor?: string }): Chain => {
  const [, ...known] = chain.cursors;
  if (answer.nextCursor === undefined)
    return known.length === page && chain.lastLength === answer.length
      ? chain
      : { cursors: [undefined, ...known.slice(0, page)], lastLength: answer.length };
  if (known[page] === answer.nextCursor) return chain;
  const after = known[page] === undefined ? [] : known.slice(page + 1);
  return {
    cursors: [undefined, ...known.slice(0, page), answer.nextCursor, ...after],
    ...(known.length > page && chain.lastLength !== undefined ? { lastLength: chain.lastLength } : {}),
  };
};

export const isWhole = ({ lastLength }: Chain): boolean => lastLength !== undefined;

/** How many rows there are to scroll through. A page that has not come yet counts as full. */
export const rowsOf = ({ cursors, lastLength = pageSize }: Chain): number => (cursors.length - 1) * pageSize + lastLength;

/** Rows that are fetched before somebody gets to them. */
const ahead = pageSize / 2;

/** The pages that these rows, and those next to them, are on. */
export const pagesAround = (chain: Chain, first: number, last: number): number[] => {
  const from = Math.max(0, Math.floor((first - ahead) / pageSize));
  const to = Math.min(chain.cursors.length - 1, Math.floor((last + ahead) / pageSize));
  return Array.from({ length: Math.max(1, to - from + 1) }, (_, n) => Math.min(from, to) + n);
};

/** Pages that are kept in memory besides those on the screen: enough to scroll back a little without waiting. */
export const mostKept = 12;

/** Of the pages that are held, those that are too far away by now. */
export const tooFar = (held: Iterable<number>, pages: readonly number[]): number[] => {
  const middle = ((pages[0] ?? 0) + (pages.at(-1) ?? 0)) / 2;
  return [...held].sort((one, other) => Math.abs(one - middle) - Math.abs(other - middle)).slice(mostKept);
};
