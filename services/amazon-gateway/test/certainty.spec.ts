import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { AppError } from '@orderbus/kernel';
import { eventually } from '@orderbus/testkit';
import { outcomeOf, retryAt } from '../src/amazon/certainty.ts';
import type { SpApi, SpApiOptions } from '../src/amazon/sp-api.ts';
import { testClient } from './client-harness.ts';
import { type Answer, denied, refusal, type ScriptedAmazon, scriptedAmazon, throttled } from './scripted-amazon.ts';

let amazon: ScriptedAmazon;
const stops: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  amazon = await scriptedAmazon();
  stops.push(amazon.stop);
});
afterEach(async () => {
  jest.useRealTimers();
  for (const stop of stops.splice(0).reverse()) await stop();
});

const client = (options: Partial<SpApiOptions> = {}): SpApi => {
  const { api } = testClient({ url: amazon.url, ...options });
  stops.push(api.stop);
  return api;
};

const ship = (api: SpApi, signal = new AbortController().signal) => api.confirmShipment('111-1', { marketplaceId: 'X' }, signal);
const errorOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => {
      throw new Error('the call succeeded');
    },
    (error: unknown) => error,
  );

/** A server that does something with connections instead of speaking HTTP. */
const rawServer = async (onConnection: (socket: Socket) => void): Promise<string> => {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => new Promise((resolve) => server.close(resolve)));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const closedPort = async (): Promise<string> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `127.0.0.1:${port}`;
};

describe('a write that Amazon answers', () => {
  test.each<[Answer, string]>([
    [{ status: 400, body: refusal('InvalidInput', 'OrderItemId is invalid.') }, 'refused'],
    [{ status: 404, body: refusal('NotFound', 'No such order.') }, 'refused'],
    [{ status: 413, body: refusal('RequestTooLarge', 'Too large.') }, 'refused'],
    [{ status: 415, body: refusal('UnsupportedMediaType', 'What is this?') }, 'refused'],
    [{ status: 400, body: 'not even JSON' }, 'refused'],
    [{ status: 401 }, 'not-sent'],
    [{ status: 403, body: denied }, 'not-sent'],
    [{ status: 429, body: throttled }, 'not-sent'],
    [{ status: 500, body: refusal('InternalFailure', 'We encountered an internal error. Please try again.') }, 'unknown'],
    [{ status: 503 }, 'unknown'],
    [{ status: 504, body: '<html>' }, 'unknown'],
    [{ status: 409 }, 'unknown'],
    [{ status: 200, body: '<html>Welcome</html>' }, 'unknown'],
    [{ status: 307, headers: { location: '/elsewhere' } }, 'unknown'],
    [{ status: 200, headers: { 'content-length': '100' }, body: '{"half":' }, 'unknown'],
  ])('with %j is %s', async (answer, outcome) => {
    amazon.script = (call, _n, { request, response }) => {
      // A body that is shorter than announced: the connection ends in the middle of it.
      if (answer.headers?.['content-length']) response.once('finish', () => request.socket.destroy());
      return call.url.pathname === '/elsewhere' ? { status: 204 } : answer;
    };
    expect(outcomeOf(await errorOf(ship(client())))).toBe(outcome);
    expect(amazon.calls.length).toBeGreaterThan(0);
  });

  test('with 204 is done', async () => {
    await expect(ship(client())).resolves.toBeUndefined();
  });
});

describe('a write without an answer', () => {
  test('surely did not happen when nobody was there to connect to', async () => {
    const error = await errorOf(ship(client({ endpoint: `http://${await closedPort()}` })));
    expect(error).toMatchObject({ code: 'amazon.unreachable', details: { reason: 'ECONNREFUSED', sent: false } });
    expect(outcomeOf(error)).toBe('not-sent');
  });

  test('surely did not happen when Amazon has no address', async () => {
    const error = await errorOf(ship(client({ endpoint: 'http://amazon.invalid' })));
    expect(outcomeOf(error)).toBe('not-sent');
  });

  test('surely did not happen when the connection ended before it was secure', async () => {
    const address = await rawServer((socket) => socket.once('data', () => socket.end()));
    expect(outcomeOf(await errorOf(ship(client({ endpoint: `https://${address}` }))))).toBe('not-sent');
  });

  test('surely did not happen when the connection was reset before anything was said', async () => {
    const address = await rawServer((socket) => socket.resetAndDestroy());
    expect(outcomeOf(await errorOf(ship(client({ endpoint: `http://${address}` }))))).toBe('not-sent');
  });

  test('may have happened when the connection was reset once a byte of it had been sent', async () => {
    const address = await rawServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect(outcomeOf(await errorOf(ship(client({ endpoint: `http://${address}` }))))).toBe('unknown');
  });

  test('may have happened when the connection was reset after all of it had been read', async () => {
    amazon.script = (_call, _n, { request }) => void request.socket.resetAndDestroy();
    expect(outcomeOf(await errorOf(ship(client())))).toBe('unknown');
  });

  test('may have happened when time is up', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance', 'Date', 'setInterval'] });
    amazon.script = () => undefined;
    const call = errorOf(ship(client()));
    while (amazon.calls.length === 0) await new Promise(setImmediate);
    jest.advanceTimersByTime(30_000);
    const error = await call;
    expect(error).toMatchObject({ code: 'call.timeout' });
    expect(outcomeOf(error)).toBe('unknown');
  });

  test('may have happened when we were told to stop while it was on its way', async () => {
    const stop = new AbortController();
    amazon.script = () => undefined;
    const call = errorOf(ship(client(), stop.signal));
    await eventually(() => expect(amazon.calls).toHaveLength(1));
    stop.abort();
    expect(outcomeOf(await call)).toBe('unknown');
  });
});

describe('a write that never left', () => {
  test.each<[string, Answer, string]>([
    [
      'is refused',
      { status: 401, body: { error: 'invalid_client', error_description: 'Client authentication failed' } },
      'amazon.login-refused',
    ],
    ['is throttled', { status: 429 }, 'amazon.quota-exceeded'],
    ['fails', { status: 500 }, 'amazon.internal-failure'],
    ['makes no sense', { status: 200, body: '<html>' }, 'amazon.garbled-answer'],
  ])('because the login %s did not happen', async (_how, answer, code) => {
    amazon.onLogin = () => answer;
    const error = await errorOf(ship(client()));
    expect(error).toMatchObject({ code, details: { sent: false } });
    expect(outcomeOf(error)).toBe('not-sent');
    expect(amazon.calls).toHaveLength(0);
  });

  test('because the login has no address did not happen', async () => {
    const error = await errorOf(ship(client({ lwaEndpoint: `http://${await closedPort()}/` })));
    expect(outcomeOf(error)).toBe('not-sent');
  });

  test('because the circuit is open did not happen, and may be tried when it lets a call through', async () => {
    amazon.script = () => ({ status: 500 });
    const api = client();
    for (let n = 0; n < 5; n++) await errorOf(ship(api));
    const error = await errorOf(ship(api));
    expect(amazon.calls).toHaveLength(5);
    expect(outcomeOf(error)).toBe('not-sent');
    const waitMs = retryAt(error, new Date(0)).getTime();
    expect(waitMs).toBeGreaterThan(1_000);
    expect(waitMs).toBeLessThanOrEqual(30_000);
  });

  test('because we were not allowed to, at last, did not happen', async () => {
    const forbidden = () => Promise.reject(new AppError('unavailable', 'ledger.lease-lost'));
    const error = await errorOf(client().confirmShipment('111-1', {}, new AbortController().signal, forbidden));
    expect(error).toMatchObject({ code: 'ledger.lease-lost', details: { sent: false } });
    expect(outcomeOf(error)).toBe('not-sent');
    expect(amazon.calls).toHaveLength(0);
  });

  test('a second time because we were not allowed to any more: leave is asked for before each call', async () => {
    amazon.script = () => ({ status: 401 });
    let asked = 0;
    const once = async () => {
      asked += 1;
      if (asked > 1) throw new AppError('unavailable', 'ledger.lease-lost');
    };
    await errorOf(client().confirmShipment('111-1', {}, new AbortController().signal, once));
    expect({ asked, calls: amazon.calls.length }).toEqual({ asked: 2, calls: 1 });
  });

  test('because we were told to stop before did not happen', async () => {
    expect(outcomeOf(await errorOf(ship(client(), AbortSignal.abort())))).toBe('not-sent');
    expect(amazon.calls).toHaveLength(0);
  });
});

describe('what did not happen is tried again', () => {
  const now = new Date('2026-10-01T12:00:00Z');
  const after = (error: unknown) => retryAt(error, now).getTime() - now.getTime();

  test('in an hour when Amazon denies access: only a person can help', async () => {
    amazon.script = () => ({ status: 403, body: denied });
    expect(after(await errorOf(ship(client())))).toBe(3_600_000);
  });

  test('as late as Amazon says when it throttles, and a little later', async () => {
    amazon.script = () => ({ status: 429, headers: { 'retry-after': '7' }, body: throttled });
    const waitMs = after(await errorOf(ship(client({ clock: { now: () => now } }))));
    expect(waitMs).toBeGreaterThan(7_000);
    expect(waitMs).toBeLessThan(8_100);
  });

  test('in a moment when nobody was there', () => {
    expect(after(new Error('?'))).toBe(15_000);
  });
});
