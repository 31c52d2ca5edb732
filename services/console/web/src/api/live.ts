import type { Query, QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { askAgain } from './ask-again.ts';

/** An event of the bus, as a page hears of it: ids only. */
export interface LiveEvent {
  readonly id: string;
  readonly type: string;
  readonly tenant: string;
  readonly aggregateId: string;
  readonly orderId?: string;
  readonly at: string;
}

export type LiveState = 'connecting' | 'live' | 'away';

type Heard = { readonly event: LiveEvent } | { readonly state: LiveState } | { readonly missed: true };

const listeners = new Set<(event: LiveEvent) => void>();
const stateListeners = new Set<() => void>();
let state: LiveState = 'connecting';

/** Calls back for every event, in every tab. Answers with how to end it. */
export const onLive = (listener: (event: LiveEvent) => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Does this page hear of what happens? */
export const useLiveState = (): LiveState =>
  useSyncExternalStore(
    (changed) => {
      stateListeners.add(changed);
      return () => stateListeners.delete(changed);
    },
    () => state,
  );

const setState = (next: LiveState): void => {
  state = next;
  for (const changed of stateListeners) changed();
};

/**
 * Browsers open six connections to a server over HTTP/1.1, for all tabs together. One tab, the one that holds the lock, listens and
 * tells the others; when it closes, the next one takes over. This one hears from now on what others tell; whoever is signed in calls what
 * this answers with, to listen himself.
 */
export const hearLive = (queries: QueryClient): (() => void) => {
  const channel = new BroadcastChannel('orderbus.live');
  const refresh = refresher(queries);
  const hear = (heard: Heard): void => {
    if ('state' in heard) setState(heard.state);
    else if ('missed' in heard) void askAgain(queries);
    else {
      for (const listener of listeners) listener(heard.event);
      refresh(heard.event);
    }
  };
  channel.onmessage = ({ data }: MessageEvent<Heard>) => hear(data);
  const tellAll = (heard: Heard): void => {
    channel.postMessage(heard);
    hear(heard);
  };
  return () => {
    void navigator.locks.request('orderbus.live', () => listen(tellAll));
    setInterval(() => {
      if (document.visibilityState === 'visible') void queries.invalidateQueries({ predicate: isLookedAtAnyway }, { cancelRefetch: false });
    }, atLeastEveryMs);
  };
};

/** Others say by `meta: { live: false }` that they are asked for in their own time. */
const changesByItself = ({ meta }: Query): boolean => meta?.live !== false;

/** What is about an order waits for what happens to it (`useOrderNews`), but not for ever. */
const isLookedAtAnyway = (query: Query): boolean => changesByItself(query) || query.meta?.order !== undefined;

/** Not everything is told by an event: a time to ship comes near, a message is parked. */
const atLeastEveryMs = 30_000;
const againMs = 3_000;
/** For how long the age of a page may be on its way, for whoever remembers what happened since. */
const longestMs = 1_000;
/** Nobody remembers more. */
const dayMs = 86_400_000;

/** Holds the lock for as long as the tab lives. */
const listen = (tell: (heard: Heard) => void): Promise<never> => {
  let begun = false;
  const open = (): void => {
    // What happened since the page began, it may have asked for before it happened.
    const askedAt = performance.now();
    const source = new EventSource(`/api/live?openForMs=${Math.min(Math.round(askedAt), dayMs)}`);
    source.onopen = () => {
      tell({ state: 'live' });
      if (begun || performance.now() - askedAt > longestMs) tell({ missed: true });
      begun = true;
    };
    source.onerror = () => {
      tell({ state: 'away' });
      // After an answer that is no stream, a browser does not try again by itself.
      if (source.readyState === EventSource.CLOSED) setTimeout(open, againMs);
    };
    source.onmessage = ({ data }) => tell({ event: JSON.parse(data) as LiveEvent });
    source.addEventListener('reload', () => tell({ missed: true }));
  };
  open();
  return new Promise(() => {});
};

/** Which services answer differently after an event, by how its type begins. Every event changes what the console counts. */
const concerned: readonly (readonly [prefix: string, services: readonly string[]])[] = [
  ['amazon.', ['amazon-gateway', 'order', 'fulfillment', 'billing']],
  ['order.', ['order', 'fulfillment', 'billing']],
  ['stock.', ['fulfillment', 'order']],
  ['shipment.', ['fulfillment', 'order']],
  ['pickup.', ['fulfillment']],
  ['return.', ['fulfillment', 'billing']],
  ['ship_by.', ['fulfillment']],
  ['invoice.', ['billing', 'order']],
  ['refund.', ['billing', 'order']],
  ['credit_memo.', ['billing', 'order']],
  ['operations.', ['amazon-gateway', 'order', 'fulfillment', 'billing']],
];

const gatherMs = 100;
const mostOftenMs = 500;

/** Gathers what a burst of events concerns, and reloads what is on the screen soon, and at most twice a second. */
const refresher = (queries: QueryClient): ((event: LiveEvent) => void) => {
  const stale = new Set<string>();
  let due: number | undefined;
  let lastAt = 0;
  const run = (): void => {
    due = undefined;
    lastAt = performance.now();
    const services = new Set(stale);
    stale.clear();
    void askAgain(queries, (query) => services.has(String(query.queryKey[0])) && changesByItself(query));
  };
  return ({ type }) => {
    stale.add('console');
    stale.add('notification');
    for (const service of concerned.find(([prefix]) => type.startsWith(prefix))?.[1] ?? ['amazon-gateway']) stale.add(service);
    if (due === undefined) due = window.setTimeout(run, Math.max(gatherMs, mostOftenMs - (performance.now() - lastAt)));
  };
};
