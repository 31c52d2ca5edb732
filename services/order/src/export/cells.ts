/** What a cell holds. Money is a decimal in the order's currency, which has a column of its own. */
export type Cell = { readonly text: string } | { readonly count: number } | { readonly money: string } | { readonly time: string } | null;

export const text = (value: string | null | undefined): Cell =>
  value === null || value === undefined || value === '' ? null : { text: value };
