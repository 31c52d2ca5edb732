import { readFileSync } from 'node:fs';
import { systemClock } from '@orderbus/kernel';
import {
  createHttp,
  createMetrics,
  html as htmlReply,
  type Log,
  media,
  type Part,
  type Route,
  raw,
  route,
  unauthenticated,
} from '@orderbus/service-kit';
import type { Running } from '../system-options.ts';
import { mark, statusPage } from './page.ts';
import { type Snapshot, takeSnapshot } from './snapshot.ts';

export interface StatusPageOptions {
  readonly port: number;
  readonly log: Log;
  readonly services: readonly Running[];
  readonly sandboxUrl: string | undefined;
}

/** The page at `/` that shows the whole installation, and everything that it loads. It reads what the services tell everybody. */
export const buildStatusPage = ({ port, log, ...sources }: StatusPageOptions): Required<Part> =>
  createHttp({
    service: 'status',
    log,
    metrics: createMetrics('status'),
    health: {},
    authenticate: () => Promise.reject(unauthenticated()),
    port,
    openapi: { title: 'Orderbus status page', version: '1' },
    helmet: { contentSecurityPolicy: { useDefaults: false, directives: ownFilesOnly } },
    routes: [page(shared(() => takeSnapshot({ ...sources, clock: systemClock }))), ...assets],
  });

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

const page = (snapshot: () => Promise<Snapshot>): Route =>
  route({
    method: 'get',
    path: '/',
    summary: 'The installation at a glance',
    responses: { 200: media('text/html') },
    handle: async () => htmlReply(statusPage(await snapshot())),
  });

const asset = (path: string, type: string, text: string): Route =>
  route({
    method: 'get',
    path,
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

/** However many windows are open, the services are asked once a second. */
const shared = (take: () => Promise<Snapshot>): (() => Promise<Snapshot>) => {
  let taken: Promise<Snapshot> | undefined;
  let takenAt = 0;
  return () => {
    if (!taken || performance.now() - takenAt > freshMs) {
      takenAt = performance.now();
      taken = take();
    }
    return taken;
  };
};
