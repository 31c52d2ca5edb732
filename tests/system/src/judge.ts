import { expect } from '@jest/globals';
import { eventually } from '@orderbus/testkit';
import { booksOf, gapsIn } from './books.ts';
import { everyItem, told } from './http.ts';
import { ordersAtAmazon, type TrueOrder } from './truth.ts';

export const serviceNames = ['access', 'amazon-gateway', 'order', 'fulfillment', 'billing', 'notification', 'console'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** Whatever runs, in one process or in five. */
export interface Installation {
  readonly sandboxUrl: string;
  /** An administrator's. */
  readonly databaseUrl: string;
  urlOf(service: ServiceName): string;
}

export interface JudgeOptions {
  /** Amazon numbers that Amazon tells wrongly: they are not judged until it does not. */
  readonly unreadable?: readonly string[];
  readonly withinMs?: number;
}

/** Waits until there is nothing to complain about: it may take a while, but it ends there. */
export const expectEverythingRight = (installation: Installation, { withinMs = 40_000, ...options }: JudgeOptions = {}): Promise<void> =>
  eventually(async () => expect(await complaintsAbout(installation, options)).toEqual([]), { withinMs, everyMs: 250 });

/**
 * Holds what Amazon has against what all services say: the same orders, each once, in the state that follows; per order the invoice to the
 * cent, the units set aside, the alerts; no gap in any log, nothing left in an outbox, nothing dead.
 */
export const complaintsAbout = async (installation: Installation, options: JudgeOptions = {}): Promise<string[]> => {
  const { sandboxUrl, urlOf, databaseUrl } = installation;
  const readable = ({ amazonOrderId }: { amazonOrderId: string }): boolean => !options.unreadable?.includes(amazonOrderId);
  // One that could be read before stays as it was last seen.
  const ours = (
    await everyItem<OurOrder>(`${urlOf('order')}/orders?state=pending,new,blocked,processing,held,complete,closed,canceled`)
  ).filter(readable);
  const [invoices, alerts, books] = [
    Map.groupBy(await everyItem<Invoice>(`${urlOf('billing')}/invoices`), ({ orderId }) => orderId),
    Map.groupBy(await everyItem<Alert>(`${urlOf('notification')}/alerts`), ({ orderId }) => orderId),
    await booksOf(databaseUrl),
  ];
  const truth = (await ordersAtAmazon(sandboxUrl)).filter(readable);
  const found = Map.groupBy(ours, keyOf);
  const complaints = [
    ...differences(truth.map(keyOf), ours.map(keyOf)),
    ...twice(ours.flatMap(({ tenant, number }) => (number === null ? [] : [`${tenant} number ${number}`]))),
    ...books.wrong,
    ...(await gapsIn(databaseUrl)),
    ...(await leftovers(installation)),
  ];
  for (const there of truth) {
    const [here] = found.get(keyOf(there)) ?? [];
    if (!here) continue;
    const complain = (what: string): void => void complaints.push(`${keyOf(there)} (${there.status}, here ${here.state}): ${what}`);
    if (!followsFrom(there).includes(here.state)) complain(`should be ${followsFrom(there).join(' or ')}`);
    judgeMoney(there, here, invoices.get(here.id) ?? [], complain);
    judgeUnits(there, here, books.reserved.get(here.id) ?? 0, complain);
    judgeAlerts(here, alerts.get(here.id) ?? [], complain);
  }
  return complaints.slice(0, 20);
};

interface OurOrder {
  readonly id: string;
  readonly tenant: string;
  readonly number: string | null;
  readonly amazonOrderId: string;
  readonly state: string;
  readonly stock: string;
  readonly totals?: { readonly currency: string; readonly grandTotalMinor: number };
}

interface Invoice {
  readonly orderId: string;
  readonly status: 'issued' | 'canceled';
  readonly currency: string;
  readonly totalMinor: number;
}

interface Alert {
  readonly orderId: string;
  readonly kind: string;
  readonly status: string;
}

type Complain = (what: string) => void;

const keyOf = ({ tenant, amazonOrderId }: { tenant: string; amazonOrderId: string }): string => `${tenant} ${amazonOrderId}`;

/** Where an order has to stand here, once everything has been said. */
const followsFrom = ({ status, byMerchant, asksToCancel }: TrueOrder): readonly string[] => {
  if (status === 'CANCELLED') return ['canceled'];
  if (status === 'SHIPPED') return ['complete'];
  if (byMerchant && (status === 'UNSHIPPED' || status === 'PARTIALLY_SHIPPED')) return asksToCancel ? ['held'] : ['blocked', 'processing'];
  return ['pending'];
};

const judgeMoney = (there: TrueOrder, here: OurOrder, invoices: readonly Invoice[], complain: Complain): void => {
  const issued = invoices.filter(({ status }) => status === 'issued');
  const isFree = there.replaces || there.invoicedByAmazon || there.grandTotalMinor === 0;
  const due = here.number !== null && here.state !== 'canceled' && !isFree;
  if (!due) {
    if (issued.length > 0) complain('an invoice that nobody owes');
    return;
  }
  if (here.totals?.grandTotalMinor !== there.grandTotalMinor || here.totals.currency !== there.currency)
    complain(`total ${JSON.stringify(here.totals)}, at Amazon ${there.grandTotalMinor} ${there.currency}`);
  if (invoices.length !== 1) complain(`${invoices.length} invoices`);
  for (const { totalMinor, currency } of issued)
    if (totalMinor !== there.grandTotalMinor || currency !== there.currency)
      complain(`invoice of ${totalMinor} ${currency}, at Amazon ${there.grandTotalMinor} ${there.currency}`);
};

/** Waits for stock, on hold or not. */
const isShort = ({ state, stock }: OurOrder): boolean => stock === 'short' && ['blocked', 'held'].includes(state);

const judgeUnits = (there: TrueOrder, here: OurOrder, reserved: number, complain: Complain): void => {
  const wanted = there.byMerchant && ['processing', 'blocked', 'held'].includes(here.state) ? there.unitsToShip : 0;
  const isRight = isShort(here) ? reserved < wanted : reserved === wanted;
  if (!isRight) complain(`${reserved} units set aside of ${wanted}`);
};

const judgeAlerts = (here: OurOrder, alerts: readonly Alert[], complain: Complain): void => {
  const count = (kind: string, status: string): number => alerts.filter((alert) => alert.kind === kind && alert.status === status).length;
  const expected = { new: here.number === null ? 0 : 1, blocked: isShort(here) ? 1 : 0 };
  if (count('order-new', 'info') !== expected.new) complain(`${count('order-new', 'info')} alerts of a new order`);
  if (count('order-blocked', 'open') !== expected.blocked) complain(`${count('order-blocked', 'open')} open alerts of a blocked order`);
};

const differences = (there: readonly string[], here: readonly string[]): string[] => [
  ...there.filter((key) => !here.includes(key)).map((key) => `${key}: is missing`),
  ...here.filter((key) => !there.includes(key)).map((key) => `${key}: is not at Amazon`),
  ...twice(here),
];

const twice = (keys: readonly string[]): string[] =>
  keys.filter((key, index) => keys.indexOf(key) !== index).map((key) => `${key}: is there more than once`);

const leftovers = async ({ urlOf }: Installation): Promise<string[]> => {
  const complaints: string[] = [];
  for (const service of serviceNames) {
    const { pending } = await told('GET', `${urlOf(service)}/outbox`);
    if (pending > 0) complaints.push(`${service}: ${pending} events still in the outbox`);
    const letters = await everyItem<{ topic: string; reason: string; errorMessage: string | null }>(
      `${urlOf(service)}/dead-letters?status=open`,
    );
    complaints.push(
      ...letters.map(({ topic, reason, errorMessage }) => `${service}: dead letter ${topic}: ${[reason, errorMessage].join(' ').trim()}`),
    );
  }
  return complaints;
};
