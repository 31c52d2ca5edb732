import { once } from 'node:events';
import { connect } from 'node:net';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { media, noContent, raw } from '../src/http/reply.ts';
import { type Route, route } from '../src/http/route.ts';
import { eventually, serve } from './serve.ts';

/** A route that answers when the test says so. */
const gate = () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  let entered = false;
  const gated: Route = route({
    method: 'get',
    access: 'public',
    path: '/gated',
    summary: 'Gated',
    responses: { 204: noContent },
    handle: async () => {
      entered = true;
      await promise;
    },
  });
  return { gated, open: resolve, entered: () => entered };
};

describe('a server that stops', () => {
  test('lets a running request finish, closing its connection, and takes no new one', async () => {
    const { gated, open, entered } = gate();
    const { http, ask } = await serve({ routes: [gated] });
    const url = http.url;
    const running = ask('/gated');
    await eventually(entered);
    const stopped = http.stop();
    await expect(fetch(`${url}/live`)).rejects.toThrow();
    open();
    const answer = await running;
    expect([answer.status, answer.headers.get('connection')]).toEqual([204, 'close']);
    await stopped;
  });

  test('does not wait for connections that are only kept alive', async () => {
    const { http, ask } = await serve({ stopDeadlineMs: 60_000 });
    await (await ask('/live')).text();
    const startedAt = performance.now();
    await http.stop();
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  test('cuts what is still running at the deadline', async () => {
    const { gated, entered } = gate();
    const { http, ask } = await serve({ routes: [gated], stopDeadlineMs: 50 });
    const running = ask('/gated').then(
      () => 'answered',
      () => 'cut',
    );
    await eventually(entered);
    await http.stop();
    expect(await running).toBe('cut');
  });

  test('cuts a connection that never asked anything', async () => {
    const { http } = await serve({ stopDeadlineMs: 50 });
    const { hostname, port } = new URL(http.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.resume();
    const closed = once(socket, 'close');
    await http.stop();
    await closed;
  });

  test('ends event streams at once', async () => {
    const stream = new PassThrough();
    const events = route({
      method: 'get',
      access: 'public',
      path: '/events',
      summary: 'Events',
      responses: { 200: media('text/event-stream') },
      handle: () => raw('text/event-stream', stream),
    });
    const { http, ask } = await serve({ routes: [events], stopDeadlineMs: 60_000 });
    stream.write('data: 1\n\n');
    const answer = await ask('/events');
    const read = answer.text().catch(() => 'cut');
    const startedAt = performance.now();
    await http.stop();
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(await read).toBe('cut');
    expect(stream.destroyed).toBe(true);
  });

  test('lets a download finish, and then does not keep its connection', async () => {
    const stream = new PassThrough();
    const download = route({
      method: 'get',
      access: 'public',
      path: '/download',
      summary: 'Download',
      responses: { 200: media('text/csv') },
      handle: () => raw('text/csv', stream),
    });
    const { http, ask } = await serve({ routes: [download], stopDeadlineMs: 60_000 });
    stream.write('order\n');
    const answer = await ask('/download');
    const startedAt = performance.now();
    const stopped = http.stop();
    stream.end('o-1\n');
    expect(await answer.text()).toBe('order\no-1\n');
    await stopped;
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  test('is not ready any more', async () => {
    const { gated, open, entered } = gate();
    const { http, ask } = await serve({ routes: [gated] });
    const { hostname, port } = new URL(http.url);
    const kept = connect(Number(port), hostname);
    await once(kept, 'connect');
    // A request whose head has begun belongs to a connection in use: the rest of it arrives while the server stops.
    kept.write('GET /ready HTTP/1.1\r\nhost: x\r\n');
    const running = ask('/gated');
    await eventually(entered);
    const stopped = http.stop();
    kept.write('\r\n');
    const [answer] = (await once(kept, 'data')) as [Buffer];
    expect(answer.toString()).toContain('HTTP/1.1 503');
    open();
    await running;
    await stopped;
  });

  test('says so when its port is taken', async () => {
    const { http } = await serve({});
    await expect(serve({ port: Number(new URL(http.url).port) })).rejects.toThrow('EADDRINUSE');
  });
});
