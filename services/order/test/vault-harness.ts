import { expect } from '@jest/globals';
import { type AmazonOrder, AmazonOrderImported, AmazonOrderUpdated, type BuyerData, eventsByPublisher } from '@orderbus/contracts';
import { generateKey, type KeyRing, keyRing, parseConfig, type Service } from '@orderbus/service-kit';
import { eventually, type Harness, type HttpAnswer, serviceHarness, type TestCaller } from '@orderbus/testkit';
import { buildOrderApp, OrderConfig, schema } from '../src/app.ts';
import { aSnapshot, message } from './builders.ts';

export interface VaultHarness extends Harness<Service> {
  readonly keys: string;
  readonly ring: KeyRing;
  /** Moves the service's clock. */
  travel(time: string): void;
  /** Shows orders as the gateway would, each with its buyer sealed for it, and waits until they have been taken in. */
  show(...shown: readonly Shown[]): Promise<void>;
  call(method: string, path: string, options?: CallOptions): Promise<HttpAnswer & { readonly headers: Headers }>;
  rows<Row = Record<string, unknown>>(sql: string, ...parameters: readonly unknown[]): Promise<Row[]>;
}

export interface Shown {
  readonly snapshot: AmazonOrder;
  readonly buyer?: BuyerData;
  readonly version?: number;
  readonly tenant?: string;
}

interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: Ada, who may not see buyers. */
  readonly as?: TestCaller;
}

const working: TestCaller = { name: 'Ada', permissions: ['read', 'operate', 'administer', 'manage-access'] };
/** Sees buyers, and changes nothing about them. */
export const seeing: TestCaller = { name: 'Ada', permissions: ['read', 'see-buyer-data'] };
export const managing: TestCaller = { name: 'Grace', permissions: ['read', 'operate', 'administer', 'see-buyer-data'] };

export const vaultHarness = async (environment: Record<string, string> = {}, broker?: 'rabbit' | 'embedded'): Promise<VaultHarness> => {
  const { ORDERBUS_KEYS: keys = `test:${generateKey()}`, ORDERBUS_KEYS_FILE: file } = environment;
  const ring = keyRing(keys);
  let now = new Date('2026-03-10T12:00:00Z');
  const harness = await serviceHarness({
    schema,
    ...(broker === undefined ? {} : { broker }),
    build: (urls) =>
      buildOrderApp(
        parseConfig(OrderConfig, {
          LOG_LEVEL: 'error',
          RETRY_DELAYS: '50ms,100ms',
          ...urls,
          ...environment,
          ORDERBUS_KEYS: file ? '' : keys,
        }),
        { clock: { now: () => now } },
      ),
    capture: eventsByPublisher.order ?? [],
  });
  const rows: VaultHarness['rows'] = (sql, ...parameters) => harness.app.database.query(sql, parameters);
  return {
    ...harness,
    keys,
    ring,
    rows,
    travel: (time) => {
      now = new Date(time);
    },
    show: async (...shown) => {
      const messages = shown.map(({ snapshot, buyer, version = 1, tenant }) => {
        const sealed = buyer === undefined ? {} : { sealedBuyer: ring.seal(buyer, snapshot.orderId), buyerData: 'present' as const };
        return message(version === 1 ? AmazonOrderImported : AmazonOrderUpdated, { ...snapshot, ...sealed }, version, tenant);
      });
      await harness.publishAll(messages);
      const ids = messages.map(({ event }) => event.id);
      await eventually(async () =>
        expect(await rows(`select 1 from inbox where consumer = 'order.keep-buyer' and message_id = any($1::uuid[])`, ids)).toHaveLength(
          ids.length,
        ),
      );
    },
    call: async (method, path, { body, headers = {}, as = working } = {}) => {
      const response = await harness.as(as).fetch(path, {
        method,
        headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = /json/.test(response.headers.get('content-type') ?? '');
      return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers };
    },
  };
};

let count = 0;

/** Another order than all before, as Amazon shows it. */
export const another = (changes: Partial<AmazonOrder> = {}): AmazonOrder =>
  aSnapshot({ amazonOrderId: `777-0000000-${String(++count).padStart(7, '0')}`, ...changes });

export const aBuyer = (changes: Partial<BuyerData> = {}): BuyerData => ({
  name: 'Ælfgifu Nordström',
  email: 'relay-1@marketplace.test',
  recipient: { name: 'Bo Nordström', lines: ['1 Example Street'], city: 'Sampleton', state: 'NY', postalCode: '10001', country: 'US' },
  gifts: [{ lineId: '10000000000001', message: 'Enjoy' }],
  ...changes,
});
