import type { Store } from '../answers.ts';
import { areComplete, type Credentials, noCredentials, trimmed } from '../credentials/credentials.ts';
import { sellerIdPattern, storeIdPattern } from '../patterns.ts';
import type { Region } from '../store.ts';

export type Source = 'amazon' | 'sandbox';
type Since = 'now' | 'day7' | 'day30' | 'date';

/** A store as somebody fills it in. It lives in the page alone: nothing of it gets into an address or into what a browser keeps. */
export interface NewStore {
  readonly source: Source;
  /** Of the sandbox, which one. */
  readonly sellerId: string;
  readonly region: Region;
  readonly name: string;
  readonly id: string;
  /** Somebody has chosen it himself: it does not follow the name any more. */
  readonly hasOwnId: boolean;
  readonly credentials: Credentials;
  readonly marketplaces: readonly string[];
  readonly since: Since;
  /** With `date`: the moment, as the field has it. */
  readonly sinceLocal: string;
  readonly readOnly: boolean;
}

export const emptyStore = (source: Source): NewStore => ({
  ...{ source, sellerId: '', region: 'eu', name: '', id: '', hasOwnId: false, credentials: noCredentials },
  ...{ marketplaces: [], since: 'now', sinceLocal: '', readOnly: source === 'amazon' },
});

export const steps = ['source', 'account', 'credentials', 'test', 'scope', 'connect'] as const;
export type Step = (typeof steps)[number];

const dayMs = 86_400_000;
const daysBack = { day7: 7, day30: 30 } as const;

/** Since when orders are read; `undefined`: as usual, from now on. */
export const startOf = ({ since, sinceLocal }: Pick<NewStore, 'since' | 'sinceLocal'>, now: Date): string | undefined => {
  if (since === 'now') return undefined;
  if (since === 'date') return new Date(sinceLocal).toISOString();
  return new Date(now.getTime() - daysBack[since] * dayMs).toISOString();
};

export const isSinceWrong = ({ since, sinceLocal }: Pick<NewStore, 'since' | 'sinceLocal'>, now: Date): boolean => {
  const at = new Date(sinceLocal).getTime();
  return since === 'date' && !(at < now.getTime());
};

/** "Harbor & Pine (Europe)" becomes `harbor-pine-europe`. */
export const idFor = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');

export const isIdWrong = ({ id }: Pick<NewStore, 'id'>): boolean => !storeIdPattern.test(id);
export const isIdTaken = ({ id }: Pick<NewStore, 'id'>, stores: readonly Pick<Store, 'id'>[]): boolean =>
  stores.some((one) => one.id === id);
export const isSellerWrong = ({ sellerId }: Pick<NewStore, 'sellerId'>): boolean => sellerId !== '' && !sellerIdPattern.test(sellerId);

/** Whether a step is filled in as it has to be. */
export const isComplete = (step: Step, store: NewStore, stores: readonly Pick<Store, 'id'>[], now: Date): boolean => {
  switch (step) {
    case 'source':
      return store.source === 'amazon' || store.sellerId !== '';
    case 'account':
      return store.name.trim() !== '' && !isIdWrong(store) && !isIdTaken(store, stores) && !isSellerWrong(store);
    case 'credentials':
      return areComplete(store.credentials);
    case 'scope':
      return !isSinceWrong(store, now);
    default:
      return true;
  }
};

/** As it is sent. */
export const bodyOf = (store: NewStore, now: Date) => {
  const { id, region, marketplaces, readOnly, sellerId } = store;
  const startFrom = startOf(store, now);
  return {
    ...{ id, name: store.name.trim(), region, marketplaces: [...marketplaces], readOnly, credentials: trimmed(store.credentials) },
    ...(sellerId === '' ? {} : { sellerId }),
    ...(startFrom === undefined ? {} : { startFrom }),
  };
};
