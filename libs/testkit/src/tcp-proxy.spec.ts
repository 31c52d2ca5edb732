import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually } from './eventually.ts';
import { type Network, openNetwork } from './tcp-proxy.ts';

describe('a bad network', () => {
  let server: Server;
  let network: Network;
  let client: Socket;
  let heard = '';

  beforeEach(async () => {
    heard = '';
    server = createServer((socket) => socket.on('error', () => {}).pipe(socket)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    network = await openNetwork(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`);
    client = connect(Number(new URL(network.url).port), '127.0.0.1');
    client
      .on('error', () => {})
      .on('data', (chunk) => {
        heard += chunk;
      });
  });
  afterEach(async () => {
    client.destroy();
    await network.close();
    server.close();
  });

  const comesBack = (text: string) => eventually(() => expect(heard).toBe(text));

  test('with latency delivers late, whole and in order', async () => {
    network.slow({ latencyMs: 60, jitterMs: 30 });
    const started = performance.now();
    for (const word of ['a', 'b', 'c', 'd']) {
      client.write(word);
      await sleep(2);
    }
    await comesBack('abcd');
    expect(performance.now() - started).toBeGreaterThan(60);
    expect(network.counts.delayed).toBe(8);
  });

  test('with little bandwidth takes its time', async () => {
    network.slow({ bytesPerSecond: 10_000 });
    const started = performance.now();
    client.write('x'.repeat(2_000));
    await comesBack('x'.repeat(2_000));
    expect(performance.now() - started).toBeGreaterThan(350);
  });

  test('that swallows closes nothing, and says nothing; whole again it makes a new start', async () => {
    client.write('1');
    await comesBack('1');
    network.blackHole();
    client.write('2');
    await eventually(() => expect(network.counts.swallowed).toBe(1));
    expect([heard, client.closed]).toEqual(['1', false]);
    const closed = new Promise((resolve) => client.once('close', resolve));
    await network.restore();
    await closed;
  });

  test('that loses the server alone leaves us talking', async () => {
    client.write('1');
    await comesBack('1');
    network.halfOpen();
    client.write('2');
    await eventually(() => expect(network.counts.swallowed).toBe(1));
    expect(client.closed).toBe(false);
  });

  test('that resets lets the next one through', async () => {
    client.write('1');
    await comesBack('1');
    const closed = new Promise((resolve) => client.once('close', resolve));
    await network.reset();
    await closed;
    const next = connect(Number(new URL(network.url).port), '127.0.0.1');
    next.write('2');
    expect(String(await once(next, 'data').then(([chunk]) => chunk))).toBe('2');
    next.destroy();
    expect(network.counts.reset).toBe(1);
  });

  test('may answer with something else', async () => {
    await network.answer('<html>');
    const visitor = connect(Number(new URL(network.url).port), '127.0.0.1');
    visitor.write('GET /');
    expect(String(await once(visitor, 'data').then(([chunk]) => chunk))).toBe('<html>');
    expect(network.counts.answered).toBe(1);
  });
});
