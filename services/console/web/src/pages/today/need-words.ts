import type words from '../../words/needs.en.ts';
import type { Need } from './answers.ts';

type Words = typeof words;
type Singular<Key> = Key extends `${infer Name}_one` | `${infer Name}_other` ? Name : Key;

type SayKey = Singular<keyof Words['says']>;
type Cause = 'unknown-sku' | 'disabled' | 'out-of-stock';

/** How values are written is the reader's; which ones there are, the need's. */
export interface Writing {
  readonly money: (minor: number, currency: string) => string;
  readonly moment: (at: string) => string;
  readonly day: (at: string) => string;
  readonly more: (count: number) => string;
  readonly because: (cause: keyof Words['because']) => string;
  readonly write: (kind: keyof Words['write']) => string;
  readonly store: (id: string) => string;
  /** What was said to it, by code and facts. */
  readonly said: (facts: Need['facts']) => string;
  readonly letter: (reason: string) => string;
}

export interface Said {
  readonly key: SayKey;
  readonly values: Readonly<Record<string, string | number>>;
}

type Facts = Need['facts'];

const text = (facts: Facts, name: string): string => {
  const value = facts[name];
  return typeof value === 'string' ? value : '';
};

const count = (facts: Facts, name: string): number => {
  const value = facts[name];
  return typeof value === 'number' ? value : 0;
};

const listed = (facts: Facts, name: string): readonly unknown[] => {
  const value = facts[name];
  return Array.isArray(value) ? value : [];
};

interface Missing {
  readonly sku: string;
  readonly cause: Cause;
  readonly wanted: number;
  readonly available: number;
}

export const missingOf = ({ facts }: Pick<Need, 'facts'>): readonly Missing[] => listed(facts, 'reasons') as readonly Missing[];

const refused =
  (key: SayKey) =>
  ({ facts }: Need, { said }: Writing): Said => ({ key, values: { code: text(facts, 'code'), words: said(facts) } });

const plain = (key: SayKey) => (): Said => ({ key, values: {} });

const deadline =
  (key: SayKey) =>
  ({ facts }: Need, { moment, because }: Writing): Said => {
    const [obstacle] = listed(facts, 'obstacles') as readonly (keyof Words['because'])[];
    return { key, values: { shipBy: moment(text(facts, 'shipBy')), because: obstacle ? because(obstacle) : '' } };
  };

const blocked = (need: Need, { more }: Writing): Said => {
  const [first, ...others] = missingOf(need);
  if (first === undefined) return { key: 'order-blocked', values: {} };
  const { sku, cause, wanted, available } = first;
  return { key: `blocked-${cause}`, values: { sku, wanted, available, more: others.length > 0 ? more(others.length) : '' } };
};

const readOnly = ({ facts }: Need, { store }: Writing): Said => {
  if (facts.reason === 'copied-database') return { key: 'read-only-copied', values: {} };
  const storeId = text(facts, 'storeId');
  return storeId === '' ? { key: 'read-only', values: {} } : { key: 'read-only-store', values: { store: store(storeId) } };
};

const unbalanced = ({ facts }: Need, { money }: Writing): Said => {
  const currency = text(facts, 'currency');
  if (currency === '') return { key: 'totals-do-not-add-up-unknown', values: {} };
  return { key: 'totals-do-not-add-up', values: { total: money(count(facts, 'totalMinor'), currency) } };
};

const writes = ['shipment', 'pickup', 'cancellation', 'refund', 'invoice', 'contact'] as const;

const written = (facts: Facts, { write }: Writing): string => write(writes.find((one) => one === facts.write) ?? 'other');

const secret = ({ facts }: Need, { day }: Writing): Said => ({
  key: facts.secret === 'authorization' ? 'secret-authorization' : 'secret-client-secret',
  values: { store: text(facts, 'storeName'), expiresAt: day(text(facts, 'expiresAt')) },
});

const sayings: Readonly<Record<Need['kind'], (need: Need, writing: Writing) => Said>> = {
  'order-blocked': blocked,
  'buyer-cancel-request': plain('buyer-cancel-request'),
  'address-unacceptable': plain('address-unacceptable'),
  'cancellation-refused': refused('cancellation-refused'),
  'shipment-refused': refused('shipment-refused'),
  'pickup-refused': refused('pickup-refused'),
  'refund-refused': refused('refund-refused'),
  'invoice-refused': refused('invoice-refused'),
  'write-uncertain': ({ facts }, writing) => ({
    key: 'write-uncertain',
    values: { write: written(facts, writing), words: writing.said(facts) },
  }),
  'totals-do-not-add-up': unbalanced,
  'ship-by-at-risk': deadline('ship-by-at-risk'),
  'ship-by-missed': deadline('ship-by-missed'),
  'order-unreadable': ({ facts, amazonOrderId = '' }) => ({
    key: 'order-unreadable',
    values: { amazonOrderId, problems: listed(facts, 'problems').join('; ') },
  }),
  'sync-stalled': ({ facts }, { said }) => ({ key: 'sync-stalled', values: { store: text(facts, 'storeName'), words: said(facts) } }),
  'gap-found': ({ facts }) => ({ key: 'gap-found', values: { store: text(facts, 'storeName'), count: count(facts, 'missing') } }),
  'feed-stuck': ({ facts }, { moment }) => ({
    key: 'feed-stuck',
    values: { submittedAt: moment(text(facts, 'submittedAt')), count: count(facts, 'commands') },
  }),
  'secret-expiring': secret,
  'read-only': readOnly,
  'dead-letters': ({ facts }, { letter }) => ({
    key: 'dead-letters',
    values: { service: text(facts, 'service'), reason: letter(text(facts, 'reason')), count: count(facts, 'open') },
  }),
  'circuit-open': ({ facts }) => ({ key: 'circuit-open', values: { service: text(facts, 'service'), system: text(facts, 'system') } }),
  'waiting-at-amazon': ({ facts }, writing) => ({ key: 'waiting-at-amazon', values: { write: written(facts, writing) } }),
};

/** What is the matter, as a sentence and what stands in it. */
export const sayingOf = (need: Need, writing: Writing): Said => sayings[need.kind](need, writing);
