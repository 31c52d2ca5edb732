import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type SafePost, type SafePostOptions, safePost } from '../src/webhooks/safe-post.ts';

const secret = 'T0KEN-in-the-path';
const message = { headers: { 'content-type': 'application/json' }, body: '{"hello":"world"}' };

let answer: (request: IncomingMessage, response: ServerResponse) => void;
let seen: { host: string | undefined; body: string }[] = [];
let server: Server;
let port: number;
const clients: SafePost[] = [];

const client = (options: Partial<SafePostOptions>): SafePost => {
  const opened = safePost({ allowedHosts: [], ...options });
  clients.push(opened);
  return opened;
};
/** A resolver that answers each question with the next of these. */
const answering = (...answers: readonly string[][]) => {
  const asked: string[] = [];
  return { asked, resolve: async (host: string) => answers[asked.push(host) - 1] ?? [] };
};
const url = (host: string): string => `http://${host}:${port}/services/${secret}?token=${secret}`;

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      seen.push({ host: request.headers.host, body });
      answer(request, response);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => new Promise((closed) => server.close(closed)));
afterEach(async () => {
  await Promise.all(clients.splice(0).map((opened) => opened.stop()));
  seen = [];
});

describe('a post to a target that a person has named', () => {
  test('reaches a host that the operator allows, under its name', async () => {
    answer = (_request, response) => response.writeHead(202, { 'retry-after': '7' }).end('thanks');
    const { post } = client({ allowedHosts: [{ host: 'hooks.intern.example' }], resolve: async () => ['127.0.0.1'] });
    const posted = await post(url('hooks.intern.example'), message);
    expect(posted).toMatchObject({ outcome: 'taken', answer: { status: 202, retryAfter: '7', body: 'thanks' } });
    expect(posted.problem).toBeUndefined();
    expect(seen).toEqual([{ host: `hooks.intern.example:${port}`, body: message.body }]);
  });

  test('is not sent when the name leads elsewhere than at the last look (DNS rebinding)', async () => {
    const { resolve, asked } = answering(['93.184.216.34'], ['127.0.0.1']);
    const { check, post } = client({ resolve });
    const target = `https://rebind.example:${port}/${secret}`;
    await check(target);
    const posted = await post(target, message);
    expect(posted).toMatchObject({ outcome: 'forbidden', problem: { words: `rebind.example:${port} is this machine itself` } });
    expect(asked).toEqual(['rebind.example', 'rebind.example']);
    expect(seen).toEqual([]);
  });

  test('goes to the address that was checked: the connection asks nobody again', async () => {
    answer = (_request, response) => response.end();
    const { resolve, asked } = answering(['127.0.0.1'], ['127.0.0.9']);
    const { post } = client({ allowedHosts: [{ host: 'rebind.example' }], resolve });
    expect((await post(url('rebind.example'), message)).outcome).toBe('taken');
    expect(asked).toHaveLength(1);
  });

  test('is not sent on a connection to an address that the name no longer has', async () => {
    answer = (_request, response) => response.end();
    const { resolve } = answering(['127.0.0.1'], ['127.0.0.9']);
    const { post } = client({ allowedHosts: [{ host: 'moved.example' }], resolve });
    expect((await post(url('moved.example'), message)).outcome).toBe('taken');
    expect(await post(url('moved.example'), message)).toMatchObject({
      outcome: 'unreachable',
      problem: { words: `moved.example:${port} refuses connections (ECONNREFUSED)` },
    });
  });

  test('is not sent when only one of several addresses is in the own network', async () => {
    const { post } = client({ resolve: async () => ['93.184.216.34', '2606:4700::1111', '::ffff:127.0.0.1'] });
    expect(await post('https://both.example/', message)).toMatchObject({
      outcome: 'forbidden',
      problem: { words: 'both.example is an IPv4 address in disguise' },
    });
  });

  test.each([301, 302, 307, 308])('does not follow a redirect (%i)', async (status) => {
    answer = (request, response) => {
      const onwards = request.url === '/onwards';
      response.writeHead(onwards ? 200 : status, { location: onwards ? undefined : '/onwards' }).end();
    };
    const { post } = client({ allowedHosts: [{ host: '127.0.0.1' }] });
    expect(await post(url('127.0.0.1'), message)).toMatchObject({
      outcome: 'declined',
      problem: { words: `127.0.0.1:${port} answered ${status}: redirects are not followed` },
      answer: { status },
    });
    expect(seen).toHaveLength(1);
  });

  test('reads 64 KiB of the answer and hangs up', async () => {
    let hungUp = false;
    answer = (_request, response) => {
      response.on('close', () => {
        hungUp = true;
      });
      const pour = () => {
        while (!hungUp && response.write('x'.repeat(16_384)));
      };
      response.on('drain', pour);
      pour();
    };
    const { post } = client({ allowedHosts: [{ host: '127.0.0.1' }] });
    const posted = await post(url('127.0.0.1'), message);
    expect(posted.outcome).toBe('taken');
    expect(posted.answer?.body).toHaveLength(65_536);
  });

  test.each<[string, typeof answer]>([
    ['never', () => {}],
    ['with half an answer', (_request, response) => void response.writeHead(200).write('x')],
  ])('that is answered %s ends with the deadline', async (_, late) => {
    answer = late;
    const { post } = client({ allowedHosts: [{ host: '127.0.0.1' }], deadlineMs: 200 });
    expect(await post(url('127.0.0.1'), message)).toMatchObject({
      outcome: 'unreachable',
      problem: { words: `127.0.0.1:${port} has not answered within 0.2 s` },
    });
    server.closeAllConnections();
  });

  test('to a name that nobody answers for ends with the deadline, too', async () => {
    const { post } = client({ resolve: () => new Promise(() => {}), deadlineMs: 50 });
    expect((await post('https://slow.example/', message)).problem?.words).toBe('slow.example has not answered within 0.05 s');
  });

  test('says what was wrong, and nothing of what the URL holds', async () => {
    answer = (request) => request.socket.destroy();
    const down = Object.assign(new Error(`queryA ENOTFOUND ${secret}`), { code: 'ENOTFOUND' });
    const here = client({ allowedHosts: [{ host: '127.0.0.1' }] });
    const failures = [
      await here.post(url('127.0.0.1'), message),
      await here.post(url('127.0.0.1').replace('http:', 'https:'), message),
      await client({ resolve: () => Promise.reject(down) }).post(`https://gone.example/${secret}`, message),
      await client({ resolve: async () => [] }).post(`https://empty.example/${secret}`, message),
      await client({}).post(url('127.0.0.1'), message),
      await client({}).post(`https://${secret}:x@gone.example`, message),
    ];
    expect(failures.map(({ problem }) => problem?.words)).toEqual([
      `127.0.0.1:${port} has broken the connection off (UND_ERR_SOCKET)`,
      expect.stringContaining(`127.0.0.1:${port} does not speak TLS`),
      'gone.example has no address (ENOTFOUND)',
      'empty.example has no address',
      `only https:// addresses are called, and 127.0.0.1:${port} is none of WEBHOOK_ALLOWED_HOSTS`,
      'user and password do not belong into it',
    ]);
    expect(JSON.stringify(failures)).not.toContain(secret);
  });
});
