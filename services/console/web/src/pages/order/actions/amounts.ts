/** An amount of money as people type it ("12,50", "1.234,5", "€ 12"), in minor units; `undefined` when it is none. */
export const amountOf = (text: string, decimals: number, decimalSign: string): number | undefined => {
  const bare = text.replace(/[\s\u00a0\p{Sc}]/gu, '');
  const found = /^(?<whole>[\d.,'’]*?)(?:[.,](?<part>\d*))?$/u.exec(withPlainGroups(bare, decimalSign));
  const { whole = '', part = '' } = found?.groups ?? {};
  const digits = whole.replace(/[.,'’]/g, '');
  if (found === null || digits + part === '' || part.length > decimals) return undefined;
  return Number(digits + part.padEnd(decimals, '0'));
};

/** Without the signs between thousands. "1,234" are thousands, unless a comma is the decimal sign here; "1.234,50" says so by itself. */
const withPlainGroups = (text: string, decimalSign: string): string => {
  const signs = text.match(/[.,]/g) ?? [];
  const last = signs.at(-1);
  if (last === undefined) return text;
  const isRepeated = signs.length > 1 && signs.every((sign) => sign === last);
  const isGroup = signs.length === 1 && last !== decimalSign && /[.,]\d{3}$/.test(text);
  return isRepeated || isGroup ? text.replace(/[.,]/g, '') : text;
};

/** What is given on top or kept: an amount, or a share of what the order costs ("10 %"). */
export type Adjustment = { readonly minor: number } | { readonly percent: number };

/** An empty field is no adjustment; `undefined` when it is neither an amount nor a share. */
export const adjustmentOf = (text: string, decimals: number, decimalSign: string): Adjustment | undefined => {
  if (text.trim() === '') return { minor: 0 };
  const share = /^(.*)%\s*$/.exec(text.trim())?.[1];
  if (share === undefined) {
    const minor = amountOf(text, decimals, decimalSign);
    return minor === undefined ? undefined : { minor };
  }
  const hundredths = amountOf(share, 2, decimalSign);
  return hundredths === undefined || hundredths > 10_000 ? undefined : { percent: hundredths / 100 };
};

/** An amount as it stands in a field: with its decimals, without its currency. */
export const fieldText = (minor: number, decimals: number, decimalSign: string): string =>
  (minor / 10 ** decimals).toFixed(decimals).replace('.', decimalSign);
