import { generateKey } from '@orderbus/service-kit';

/** Keys as they stand in a file: `keyId:base64,…`. */
export type KeyList = string;

export const idsIn = (list: KeyList): string[] => entriesOf(list).map(idOf);

/** The same keys and a new one behind them: it opens, and does not seal yet. Its id was never used, also not by one that was dropped. */
export const withNewKey = (list: KeyList, dropped: KeyList): KeyList => {
  const numbers = [...entriesOf(list), ...entriesOf(dropped)].map((entry) => numberOf(idOf(entry)));
  return joined([...entriesOf(list), `k${Math.max(...numbers) + 1}:${generateKey()}`]);
};

/** Has a key been added that does not seal yet? */
export const isPending = (list: KeyList): boolean => {
  const ids = idsIn(list);
  return ids.length > 1 && numberOf(ids.at(-1) ?? '') > numberOf(ids[0] ?? '');
};

/** The last key seals. */
export const withLastFirst = (list: KeyList): KeyList => {
  const entries = entriesOf(list);
  return joined([...entries.slice(-1), ...entries.slice(0, -1)]);
};

export const firstOf = (list: KeyList): KeyList => joined(entriesOf(list).slice(0, 1));

export const othersOf = (list: KeyList): KeyList => joined(entriesOf(list).slice(1));

/** The one and the other, each key once. */
export const together = (one: KeyList, other: KeyList): KeyList => joined([...new Set([...entriesOf(one), ...entriesOf(other)])]);

const entriesOf = (list: KeyList): string[] =>
  list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

const joined = (entries: readonly string[]): KeyList => entries.join(',');
const idOf = (entry: string): string => entry.slice(0, entry.indexOf(':'));
/** Ids that somebody has made up count as older than ours. */
const numberOf = (id: string): number => Number(/^k(\d+)$/.exec(id)?.[1] ?? 0);
