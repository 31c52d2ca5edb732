import { formatMoney } from '@orderbus/kernel';

/** `$1,234.50`, `¥1,500`, `€19.99`: exact, since the decimal text never becomes a float. */
export const moneyText = (minor: number, currency: string): string => {
  const decimal = formatMoney({ minor, currency });
  try {
    return new Intl.NumberFormat('en-US', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).format(decimal as `${number}`);
  } catch {
    return `${decimal} ${currency}`;
  }
};

export const countText = (count: number): string => new Intl.NumberFormat('en-US').format(count);

/** `just now`, `4 min ago`, `3 h ago`, `2 d ago`. */
export const agoText = (then: string, now: Date): string => {
  const seconds = Math.max(0, Math.round((now.getTime() - Date.parse(then)) / 1_000));
  if (seconds < 10) return 'just now';
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3_600)} h ago`;
  return `${Math.floor(seconds / 86_400)} d ago`;
};

/** `2026-03-01 14:05 UTC` */
export const exactText = (time: string): string => `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const causes: Readonly<Record<string, string>> = { 'unknown-sku': 'unknown SKU', disabled: 'not for sale', 'out-of-stock': 'out of stock' };

/** Why an order waits: `SKU-7 is out of stock: 2 wanted, 0 available`. */
export const blockText = ({ sku, cause, wanted, available }: { sku: string; cause: string; wanted: number; available: number }): string =>
  cause === 'out-of-stock' ? `${sku}: ${wanted} wanted, ${available} available` : `${sku}: ${causes[cause] ?? cause}`;
