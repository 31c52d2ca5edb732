import type { Clock } from '@orderbus/kernel';
import type { z } from 'zod';
import type { Running } from '../system-options.ts';
import {
  type Alert,
  Alerts,
  Counted,
  DeadLetters,
  Invoices,
  type OrderRow,
  Orders,
  Outbox,
  Ready,
  Sandbox,
  type Store,
  Stores,
  Summary,
} from './answers.ts';
import type { VisitorHeaders } from './visitor.ts';

/** A number of things; `more` when counting stopped there. */
export interface Count {
  readonly count: number;
  readonly more: boolean;
}

export interface ServiceState extends Running {
  readonly state: 'ready' | 'not-ready' | 'away';
  readonly reason: string | undefined;
  readonly outboxPending: number | undefined;
  readonly brokerHealthy: boolean | undefined;
  readonly deadLetters: Count | undefined;
}

/** Everything the page shows. What a service did not tell is missing, and the rest is shown. */
export interface Snapshot {
  readonly at: Date;
  readonly services: readonly ServiceState[];
  readonly stores: readonly Store[] | undefined;
  readonly orders: Readonly<Record<string, number>> | undefined;
  readonly sales: readonly Sales[] | undefined;
  readonly recent: readonly OrderRow[] | undefined;
  readonly alerts: readonly Alert[] | undefined;
  readonly openAlerts: Count | undefined;
  readonly invoices: Count | undefined;
  readonly products: Count | undefined;
  readonly lowStock: Count | undefined;
  readonly sandbox: { readonly url: string; readonly ordersPerMinute: number | undefined } | undefined;
}

/** What all stores together have sold in one currency. */
interface Sales {
  readonly currency: string;
  readonly grandTotalMinor: number;
}

export interface Sources {
  readonly services: readonly Running[];
  readonly sandboxUrl?: string | undefined;
  /** Whom it is for: it holds what he may see. */
  readonly visitor: VisitorHeaders;
  readonly clock: Clock;
}

const deadlineMs = 2_000;
const most = 200;
const shownAlerts = 8;

/** Asks all services at once, by their public interfaces. One that is slow or down takes nothing but its own part with it. */
export const takeSnapshot = async ({ services, sandboxUrl, visitor, clock }: Sources): Promise<Snapshot> => {
  const at = async <S extends z.ZodType>(schema: S, name: string, path: string): Promise<z.output<S> | undefined> => {
    const url = services.find((service) => service.name === name)?.url;
    return url === undefined ? undefined : ask(schema, `${url}${path}`, await visitor(name));
  };
  const count = async (name: string, path: string): Promise<Count | undefined> => {
    const answer = await at(Counted, name, path);
    return answer && countOf(answer);
  };
  const [states, stores, summary, recent, alerts, open, invoices, products, low, sandbox] = await Promise.all([
    Promise.all(services.map(async (service) => stateOf(service, await visitor(service.name)))),
    at(Stores, 'amazon-gateway', '/stores'),
    at(Summary, 'order', '/orders/summary'),
    at(Orders, 'order', '/orders?limit=20'),
    at(Alerts, 'notification', `/alerts?limit=${shownAlerts}`),
    at(Alerts, 'notification', `/alerts?status=open&limit=${most}`),
    at(Invoices, 'billing', `/invoices?limit=${most}`),
    count('fulfillment', `/products?limit=${most}`),
    count('fulfillment', `/stock?low=true&limit=${most}`),
    sandboxUrl === undefined ? undefined : ask(Sandbox, `${sandboxUrl}/sandbox/stats`, {}),
  ]);
  return {
    at: clock.now(),
    services: states,
    stores: stores?.items,
    orders: summary && sumOf(summary.stores.map(({ orders }) => orders)),
    sales: summary && salesOf(summary.stores.flatMap(({ sales }) => sales)),
    recent: recent?.items,
    alerts: alerts && urgentFirst(open?.items ?? [], alerts.items),
    openAlerts: open && countOf(open),
    invoices: invoices && countOf(invoices),
    products,
    lowStock: low,
    sandbox: sandboxUrl === undefined ? undefined : { url: sandboxUrl, ordersPerMinute: sandbox?.ordersPerMinute },
  };
};

/** What waits for somebody, then what has happened; there is always room for both. */
const urgentFirst = (open: readonly Alert[], newest: readonly Alert[]): readonly Alert[] =>
  [...open.slice(0, shownAlerts - 3), ...newest.filter(({ status }) => status !== 'open')].slice(0, shownAlerts);

const stateOf = async (service: Running, headers: Headers): Promise<ServiceState> => {
  const [ready, outbox, letters] = await Promise.all([
    readiness(service.url),
    ask(Outbox, `${service.url}/outbox`, headers),
    ask(DeadLetters, `${service.url}/dead-letters?status=open&limit=${most}`, headers),
  ]);
  return {
    ...service,
    ...ready,
    outboxPending: outbox?.pending,
    brokerHealthy: outbox?.brokerHealthy,
    deadLetters: letters && countOf(letters),
  };
};

const readiness = async (url: string): Promise<Pick<ServiceState, 'state' | 'reason'>> => {
  try {
    const response = await fetch(`${url}/ready`, { signal: AbortSignal.timeout(deadlineMs) });
    const answer = (await response.json()) as { detail?: unknown };
    if (Ready.safeParse(answer).success) return { state: 'ready', reason: undefined };
    return { state: 'not-ready', reason: typeof answer.detail === 'string' ? answer.detail : `answers ${response.status}` };
  } catch {
    return { state: 'away', reason: 'does not answer' };
  }
};

const countOf = ({ items, nextCursor }: { items: readonly unknown[]; nextCursor?: string | undefined }): Count => ({
  count: items.length,
  more: nextCursor !== undefined,
});

type Headers = Record<string, string> | undefined;

const ask = async <S extends z.ZodType>(schema: S, url: string, headers: Headers): Promise<z.output<S> | undefined> => {
  try {
    const response = await fetch(url, { headers: headers ?? {}, signal: AbortSignal.timeout(deadlineMs) });
    return response.ok ? schema.parse(await response.json()) : undefined;
  } catch {
    return undefined;
  }
};

const sumOf = (records: readonly Readonly<Record<string, number>>[]): Record<string, number> => {
  const sum: Record<string, number> = {};
  for (const record of records) for (const [key, value] of Object.entries(record)) sum[key] = (sum[key] ?? 0) + value;
  return sum;
};

const salesOf = (rows: readonly Sales[]): Sales[] =>
  Object.entries(sumOf(rows.map(({ currency, grandTotalMinor }) => ({ [currency]: grandTotalMinor }))))
    .map(([currency, grandTotalMinor]) => ({ currency, grandTotalMinor }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
