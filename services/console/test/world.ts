import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { parseConfig, type Service } from '@orderbus/service-kit';
import { eventually, type Harness, serviceHarness, type TestCaller } from '@orderbus/testkit';
import { buildConsoleApp, ConsoleConfig, schema } from '../src/app.ts';
import { isWhole } from '../src/rebuild/progress.ts';
import { owners } from '../src/services/owners.ts';

export const publicUrl = 'https://console.shop.example';
export const accessPublicUrl = 'http://access.shop.example:4706';

/** It goes as the real one does, and faster when it is told to. */
const testClock = () => {
  let passedMs = 0;
  return {
    now: () => new Date(Date.now() + passedMs),
    pass: (ms: number) => {
      passedMs += ms;
    },
  };
};

/** What an owner was asked. */
export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface World extends Harness<Service> {
  /** What all owners were asked so far. */
  readonly asked: Asked[];
  /** How the owners answer. Default: 200 with what they were asked. */
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  readonly owner: Server;
  /** Where all owners are, each below its name. */
  readonly ownerUrl: string;
  readonly clock: ReturnType<typeof testClock>;
  readonly webFolder: string;
  /** Somebody who is signed in in a browser of his, on a page of ours. */
  browser(caller?: TestCaller): Browser;
}

export interface Browser {
  readonly cookie: string;
  fetch(path: string, init?: RequestInit & { readonly at?: string }): Promise<Response>;
}

/** What a browser says of a request that a page of ours makes. */
export const fromOurPage = { 'x-orderbus': 'console', 'sec-fetch-site': 'same-origin' };

/** A page of an owner's event log: the HTTP status and what it holds. */
export type EventLogs = (owner: string, after: number) => Promise<{ readonly status: number; readonly page: unknown }>;

const nothingBefore: EventLogs = async () => ({ status: 200, page: { items: [], upTo: 0, last: 0 } });

export const consoleWorld = async (settings: Record<string, string> = {}, logs: EventLogs = nothingBefore): Promise<World> => {
  const asked: Asked[] = [];
  const clock = testClock();
  const owner = createServer(async (request, response) => {
    const [, name, after] = /^\/([a-z-]+)\/event-log\?after=(\d+)/.exec(request.url ?? '') ?? [];
    if (name === undefined) return world.answer(request, response);
    const { status, page } = await logs(name, Number(after));
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(page));
  });
  await new Promise<void>((resolve) => owner.listen(0, '127.0.0.1', resolve));
  const ownerUrl = `http://127.0.0.1:${(owner.address() as AddressInfo).port}`;
  const webFolder = await buildWeb();
  const harness = await serviceHarness({
    schema,
    build: (urls) =>
      buildConsoleApp(
        parseConfig(ConsoleConfig, {
          ...{ ...urls, LOG_LEVEL: 'silent', PUBLIC_URL: publicUrl, ACCESS_PUBLIC_URL: accessPublicUrl, WEB_FOLDER: webFolder },
          SERVICES: owners.map((name) => `${name}=${ownerUrl}/${name}`).join(','),
          ...settings,
        }),
        { clock },
      ),
  });
  if (logs === nothingBefore) await eventually(async () => expect(await isWhole(harness.app.database)).toBe(true));
  const echo: World['answer'] = async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const one = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
    asked.push(one);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(one));
  };
  const world: World = {
    ...harness,
    ...{ asked, clock, owner, ownerUrl, webFolder, answer: echo },
    browser: (caller) => {
      const cookie = harness.access.session(caller);
      return {
        cookie,
        fetch: (path, { at = harness.app.url, ...init } = {}) =>
          fetch(`${at}${path}`, { ...init, headers: { cookie, ...fromOurPage, ...(init.headers as Record<string, string>) } }),
      };
    },
    stop: async () => {
      await harness.stop();
      owner.closeAllConnections();
      await new Promise((resolve) => owner.close(resolve));
      await rm(webFolder, { recursive: true });
    },
  };
  return world;
};

/** Like what the build makes. */
const buildWeb = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'orderbus-web-'));
  const files = {
    'index.html': '<!doctype html><meta name="csp-nonce" content="" /><script type="module" src="/assets/index-1.js"></script>',
    'assets/index-1.js': 'plain',
    'assets/index-1.js.br': 'packed by brotli',
    'assets/index-1.js.gz': 'packed by gzip',
    'assets/index-1.css': 'a {}',
    'icon.svg': '<svg/>',
    '.sources': 'nobody reads this',
  };
  await mkdir(join(folder, 'assets'));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
};
