import { rename } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { consoleWorld, type World } from './world.ts';

let world: World;

beforeAll(async () => {
  world = await consoleWorld();
});
afterAll(() => world?.stop());

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${world.app.url}${path}`, { method, headers: { 'accept-encoding': 'identity', ...headers } });

/** What a browser sends that goes to a page. */
const goes = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

describe('the pages', () => {
  test('are said to be missing while they are not built, and how to build them', async () => {
    await rename(join(world.webFolder, 'index.html'), join(world.webFolder, 'index.away'));
    const answer = await get('/', goes);
    await rename(join(world.webFolder, 'index.away'), join(world.webFolder, 'index.html'));
    expect([answer.status, await answer.json()]).toEqual([
      503,
      expect.objectContaining({ code: 'web.not-built', detail: expect.stringContaining('npm run build:web') }),
    ]);
    // What is no page works all the same.
    expect((await get('/api/session')).status).toBe(401);
  });

  test.each(['/', '/orders', '/orders/4711?tab=items', '/dead-letters', '/audit', '/stock/AB.12', '/services'])(
    'are one page to a browser that goes to %s',
    async (path) => {
      const answer = await get(path, goes);
      expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
        ...[200, 'text/html; charset=utf-8', 'no-store'],
      ]);
      expect(await answer.text()).toContain('src="/assets/index-1.js"');
    },
  );

  test('allow nothing but themselves: each answer has a nonce of its own, in its policy and in the page', async () => {
    const nonces = await Promise.all(
      [1, 2].map(async () => {
        const answer = await get('/', goes);
        const [, nonce = ''] = /<meta name="csp-nonce" content="([^"]+)"/.exec(await answer.text()) ?? [];
        expect(answer.headers.get('content-security-policy')).toBe(
          `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
        );
        expect(Buffer.from(nonce, 'base64url').length).toBeGreaterThanOrEqual(16);
        return nonce;
      }),
    );
    expect(new Set(nonces).size).toBe(2);
    const { headers } = await get('/', goes);
    expect([headers.get('x-content-type-options'), headers.get('referrer-policy')]).toEqual(['nosniff', 'no-referrer']);
  });

  test('do not stand in the way of what programs ask for, nor of answers under /api', async () => {
    expect(await (await get('/openapi.json')).json()).toMatchObject({ info: { title: 'Orderbus console' } });
    for (const path of ['/orders', '/nothing.here', '/api/nothing', '/api/services/order/orders']) {
      const answer = await get(path, { accept: 'application/json' });
      expect([path, answer.headers.get('content-type')]).toEqual([path, 'application/problem+json']);
    }
    expect((await get('/api/nothing', goes)).headers.get('content-type')).toBe('application/problem+json');
    expect((await get('/orders', goes, 'POST')).status).toBe(404);
  });
});

describe('the parts of the pages', () => {
  test('are kept by browsers for good, since another build has other names', async () => {
    const answer = await get('/assets/index-1.js');
    expect([answer.status, await answer.text()]).toEqual([200, 'plain']);
    const { headers } = answer;
    expect([headers.get('content-type'), headers.get('cache-control'), headers.get('vary')]).toEqual([
      ...['text/javascript; charset=utf-8', 'public, max-age=31536000, immutable', 'accept-encoding'],
    ]);
    expect((await get('/assets/index-1.css')).headers.get('content-type')).toBe('text/css; charset=utf-8');
    const icon = await get('/icon.svg', { accept: 'image/svg+xml,*/*' });
    expect([icon.headers.get('content-type'), icon.headers.get('cache-control')]).toEqual(['image/svg+xml', 'public, max-age=3600']);
  });

  test.each([
    ['br, gzip', 'br', 'packed by brotli'],
    ['gzip, deflate', 'gzip', 'packed by gzip'],
    ['identity', null, 'plain'],
    ['br;q=0', null, 'plain'],
  ])('are sent packed as a browser takes it: %s', async (accepted, encoding, content) => {
    const answer = await bare('/assets/index-1.js', accepted);
    expect(answer.toLowerCase()).toContain(`content-length: ${content.length}`);
    expect(/content-encoding: (\w+)/i.exec(answer)?.[1] ?? null).toBe(encoding);
    expect(answer).toContain(content);
  });

  test('that are not there, or no longer, are a problem and no page', async () => {
    for (const path of ['/assets/index-0.js', '/assets/', '/assets/../.sources', '/assets/%2e%2e/.sources', '/assets/..%2f.sources']) {
      const answer = await bare(path, 'identity');
      expect([path, answer.split('\r\n')[0]]).toEqual([path, 'HTTP/1.1 404 Not Found']);
      expect(answer).toContain('"code":"asset.not-found"');
    }
    expect((await get('/.sources', { accept: 'application/json' })).status).toBe(404);
    expect((await get('/assets/index-1.js.br')).status).toBe(404);
  });
});

/** As it is, without a client that puts paths in order and unpacks. */
const bare = async (path: string, encodings: string): Promise<string> => {
  const socket = connect(Number(new URL(world.app.url).port), '127.0.0.1');
  socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\naccept: */*\r\naccept-encoding: ${encodings}\r\nconnection: close\r\n\r\n`);
  let answer = '';
  for await (const chunk of socket.setEncoding('utf8')) answer += chunk;
  return answer;
};
