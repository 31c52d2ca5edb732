import { queryOptions } from '@tanstack/react-query';
import { access, billing, done, fulfillment, gateway, notification, order, own } from '../../../api/services.ts';
import type { Tone } from '../../../ui/Status.tsx';

/** Every service keeps its own audit log, under the same routes. */
const services = { order, fulfillment, billing, 'amazon-gateway': gateway, notification, access, console: own } as const;
export type ServiceName = keyof typeof services;
export const serviceNames = Object.keys(services) as ServiceName[];

export const outcomes = ['asked', 'done', 'refused', 'failed', 'denied'] as const;
export type Outcome = (typeof outcomes)[number];

export interface Filter {
  readonly name?: string | undefined;
  readonly subject?: string | undefined;
  readonly tenant?: string | undefined;
  readonly outcome?: Outcome | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const pageSize = 100;

/** A page of one service's log, newest first. */
export const auditPage = async (service: ServiceName, filter: Filter, cursor: string | undefined, signal: AbortSignal) => {
  const { GET } = services[service] as typeof gateway;
  return done(GET('/audit', { params: { query: { ...filter, limit: pageSize, cursor } }, signal }));
};

type Answer = Awaited<ReturnType<typeof auditPage>>;

/** Whose log it stands in belongs to it: each service counts its own entries. */
export type Entry = Answer['items'][number] & { readonly service: ServiceName };

export const idOf = ({ service, seq }: Pick<Entry, 'service' | 'seq'>): string => `${service}:${seq}`;

export const toneOf: Readonly<Record<Outcome, Tone>> = {
  asked: 'waiting',
  done: 'ok',
  refused: 'attention',
  failed: 'stopped',
  denied: 'stopped',
};

/** Where the log is a file, of what the list is limited to. */
export const exportUrl = (service: ServiceName, filter: Filter): string => {
  const asked = new URLSearchParams(Object.entries(filter).flatMap(([name, value]) => (value ? [[name, value]] : [])));
  return `${services[service].baseUrl.replace(/\/$/, '')}/audit/export?${asked}`;
};

/** Computed anew each time that somebody asks. */
export const verificationOf = (service: ServiceName) =>
  queryOptions({
    queryKey: [service, '/audit/verification'],
    queryFn: ({ signal }) => {
      const { GET } = services[service] as typeof gateway;
      return done(GET('/audit/verification', { signal }));
    },
    staleTime: 0,
    gcTime: 0,
    meta: { live: false },
  });
