import type { ServiceKit } from '@orderbus/service-kit';
import { readOrder } from './amazon/read-order.ts';
import { type SpApiOptions, spApi } from './amazon/sp-api.ts';
import type { AmazonGatewayConfig } from './config.ts';
import { diagnose, type Finding, type Step } from './connection-words.ts';
import { buyerDataOf } from './domain/buyer.ts';
import { marketplaceOf, type Region } from './domain/marketplaces.ts';
import type { Credentials } from './domain/store.ts';

/** One thing that was tried. `words` are for a seller, and hold no credentials. */
export interface Check {
  readonly step: Step;
  readonly ok: boolean;
  readonly finding: Finding;
  /** The marketplace that it is about, if it is about one. */
  readonly marketplaceId?: string;
  readonly words: string;
}

interface Trial {
  readonly id: string;
  readonly region: Region;
  readonly marketplaces: readonly string[];
  readonly credentials: Credentials;
  /** The store's, if there is one already: the test counts like any call. */
  readonly budget?: SpApiOptions['budget'];
}

/** Tries a connection as far as it goes, with two calls, and one per marketplace when Amazon refuses one of them. Changes nothing. */
export type TryConnection = (trial: Trial, signal: AbortSignal) => Promise<Check[]>;

export const connectionTester =
  (config: AmazonGatewayConfig, { clock, log, metrics }: Pick<ServiceKit, 'clock' | 'log' | 'metrics'>): TryConnection =>
  async ({ id, region, marketplaces, credentials, budget }, signal) => {
    let failedAtLogin = false;
    let asked: readonly string[] = [];
    const api = spApi({
      store: {
        ...{ id, region },
        get marketplaces() {
          return asked;
        },
      },
      ...{ credentials: () => credentials, ...(budget && { budget }), clock, log, metrics },
      endpoint: config.AMAZON_ENDPOINT,
      lwaEndpoint: config.AMAZON_LWA_ENDPOINT,
      failed: ({ operation }) => {
        failedAtLogin ||= operation === 'login';
      },
    });
    const search = async (of: readonly string[]): Promise<readonly unknown[]> => {
      asked = of;
      const createdAfter = new Date(clock.now().getTime() - lookBackMs).toISOString();
      const request = { createdAfter, includedData: ['FULFILLMENT', 'BUYER', 'RECIPIENT'] as const, maxResultsPerPage: 20 };
      return (await api.searchOrders(request, signal)).orders;
    };
    try {
      const orders = await search([]).then(
        (found) => checkOrders(region, found),
        (error: unknown): Check => {
          const step = failedAtLogin ? 'login' : 'orders';
          return { step, ok: false, ...diagnose(step, region, error) };
        },
      );
      if (orders.step === 'login') return [orders];
      const login: Check = { step: 'login', ok: true, finding: 'logged-in', words: 'Amazon accepts the credentials.' };
      return [login, orders, ...(orders.ok && marketplaces.length > 0 ? [await checkMarketplaces(region, marketplaces, search)] : [])];
    } finally {
      await api.stop();
    }
  };

const lookBackMs = 30 * 86_400_000;

/** The orders themselves tell whether they are of this region, and whether the application sees where they go. */
const checkOrders = (region: Region, orders: readonly unknown[]): Check => {
  const readable = orders.flatMap((raw) => {
    const reading = readOrder(raw, 'trial', { without: ['PROCEEDS', 'PROMOTION', 'CANCELLATION', 'PACKAGES', 'TAX'] });
    return reading.kind === 'order' ? [reading.translation] : [];
  });
  const elsewhere = readable.map(({ snapshot }) => marketplaceOf(snapshot.marketplaceId)).find((one) => one && one.region !== region);
  if (elsewhere) {
    return {
      step: 'orders',
      ok: false,
      finding: 'other-region',
      marketplaceId: elsewhere.id,
      words: `The account sells in ${elsewhere.name}: its region is ${elsewhere.region}, not ${region}.`,
    };
  }
  const open = readable.filter(({ snapshot }) => snapshot.fulfilledBy === 'merchant' && snapshot.status === 'unshipped');
  if (open.some(({ snapshot, buyer }) => buyerDataOf(snapshot.status, buyer) === 'withheld')) {
    const words = 'Orders can be read, but not where they go: the application lacks the role Direct-to-Consumer Delivery.';
    return { step: 'orders', ok: false, finding: 'addresses-hidden', words };
  }
  const seen = open.length > 0 ? 'Orders can be read, with their addresses.' : 'Orders can be read.';
  return {
    step: 'orders',
    ok: true,
    finding: open.length > 0 ? 'readable' : 'readable-unproven',
    words: open.length > 0 ? seen : `${seen} No order waits to be shipped: whether addresses are shown is not known.`,
  };
};

const checkMarketplaces = async (
  region: Region,
  marketplaces: readonly string[],
  search: (of: readonly string[]) => Promise<unknown>,
): Promise<Check> => {
  const refused = async (of: readonly string[]): Promise<unknown> =>
    search(of).then(
      () => undefined,
      (error: unknown) => error,
    );
  const first = await refused(marketplaces);
  if (first === undefined)
    return { step: 'marketplaces', ok: true, finding: 'sells', words: 'The account sells in all marketplaces of the store.' };
  for (const id of marketplaces) {
    const error = await refused([id]);
    if (error !== undefined) {
      const words = `The account does not sell in ${marketplaceOf(id)?.name ?? id} (${id}). ${diagnose('marketplaces', region, error).words}`;
      return { step: 'marketplaces', ok: false, finding: 'sells-not', marketplaceId: id, words };
    }
  }
  return { step: 'marketplaces', ok: false, ...diagnose('marketplaces', region, first) };
};
