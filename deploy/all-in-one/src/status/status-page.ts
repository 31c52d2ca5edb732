import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { systemClock } from '@orderbus/kernel';
import {
  createHttp,
  createMetrics,
  html as htmlReply,
  type Log,
  media,
  noContent,
  type Part,
  type Route,
  raw,
  response,
  route,
  type ServiceHeaders,
  unauthenticated,
} from '@orderbus/service-kit';
import type { Running } from '../system-options.ts';
import { mark, statusPage } from './page.ts';
import { type Snapshot, takeSnapshot } from './snapshot.ts';
import { type VisitorHeaders, visitorWith } from './visitor.ts';

export interface StatusPageOptions {
  readonly port: number;
  readonly log: Log;
  readonly services: readonly Running[];
  readonly sandboxUrl: string | undefined;
  readonly accessUrl: string;
  /** In the name of what serves pages. */
  readonly headersFor: ServiceHeaders;
}

/** The page at `/` that shows the whole installation to whoever is signed in, and everything that it loads. It reads what he may read. */
export const buildStatusPage = ({ port, log, accessUrl, headersFor, ...sources }: StatusPageOptions): Required<Part> => {
  const snapshots = shared((visitor) => takeSnapshot({ ...sources, visitor, clock: systemClock }));
  const http = createHttp({
    service: 'status',
    log,
    metrics: createMetrics('status'),
    health: {},
    authenticate: () => Promise.reject(unauthenticated()),
    port,
    openapi: { title: 'Orderbus status page', version: '1' },
    helmet: { contentSecurityPolicy: { useDefaults: false, directives: ownFilesOnly } },
    routes: [page(() => http.url, { accessUrl, headersFor }, snapshots), ...assets],
  });
  return http;
};

const ownFilesOnly = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'"],
  connectSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};

const page = (
  ownUrl: () => string,
  { accessUrl, headersFor }: Pick<StatusPageOptions, 'accessUrl' | 'headersFor'>,
  snapshots: (key: string, visitor: VisitorHeaders) => Promise<Snapshot>,
): Route =>
  route({
    method: 'get',
    path: '/',
    access: 'public',
    perMinute: 600,
    summary: 'The installation at a glance, for whoever is signed in',
    responses: { 200: media('text/html'), 303: noContent },
    handle: async ({ headers: { cookie } }) => {
      const visitor = visitorWith(accessUrl, headersFor, cookie);
      if ((await visitor('order')) === undefined)
        return response(303, undefined, { location: `${accessUrl}/sign-in?next=${encodeURIComponent(ownUrl())}` });
      return htmlReply(
        statusPage(
          await snapshots(
            createHash('sha256')
              .update(cookie ?? '')
              .digest('base64url'),
            visitor,
          ),
        ),
      );
    },
  });

const asset = (path: string, type: string, text: string): Route =>
  route({
    method: 'get',
    path,
    access: 'public',
    perMinute: 600,
    summary: `Part of the page: ${path.slice(1)}`,
    responses: { 200: media(type) },
    handle: () => raw(`${type}; charset=utf-8`, text),
  });

const file = (name: string): string => readFileSync(new URL(`assets/${name}`, import.meta.url), 'utf8');

const assets: readonly Route[] = [
  asset('/status.css', 'text/css', file('status.css')),
  asset('/status.js', 'text/javascript', file('status.js')),
  asset('/icon.svg', 'image/svg+xml', mark.text.replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ')),
];

const freshMs = 1_000;

/** However many windows somebody has open, the services are asked once a second. */
const shared = (take: (visitor: VisitorHeaders) => Promise<Snapshot>): ((key: string, visitor: VisitorHeaders) => Promise<Snapshot>) => {
  const taken = new Map<string, { readonly at: number; readonly snapshot: Promise<Snapshot> }>();
  return (key, visitor) => {
    const now = performance.now();
    for (const [old, { at }] of taken) if (now - at > freshMs) taken.delete(old);
    const known = taken.get(key) ?? { at: now, snapshot: take(visitor) };
    taken.set(key, known);
    return known.snapshot;
  };
};
