import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { reservePorts } from '../src/ports.ts';

const listensOn = async (port: number): Promise<boolean> => {
  const server = createServer().listen(port, '127.0.0.1');
  return once(server, 'listening').then(
    () => {
      server.close();
      return true;
    },
    () => false,
  );
};

describe('reserved ports', () => {
  test('skip those that somebody listens on', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port: taken } = server.address() as AddressInfo;
    const { ports, releaseAll } = await reservePorts(taken, 2).finally(() => server.close());
    expect(ports).not.toContain(taken);
    expect(ports).toEqual([...ports].sort((a, b) => a - b));
    expect(ports[0]).toBeGreaterThan(taken);
    await releaseAll();
  });

  test('are different ones, when any will do', async () => {
    const { ports, releaseAll } = await reservePorts(0, 8);
    expect(new Set(ports).size).toBe(8);
    expect(ports).not.toContain(0);
    await releaseAll();
  });

  test('belong to nobody else until they are let go', async () => {
    const { ports, release, releaseAll } = await reservePorts(0, 2);
    const [first = 0, second = 0] = ports;
    expect(await listensOn(first)).toBe(false);
    await release(first);
    expect(await listensOn(first)).toBe(true);
    expect(await listensOn(second)).toBe(false);
    await releaseAll();
    expect(await listensOn(second)).toBe(true);
  });

  test('are refused when there are not enough left', async () => {
    await expect(reservePorts(65_534, 5)).rejects.toMatchObject({ code: 'ports.none-free' });
    expect(await listensOn(65_535)).toBe(true);
  });
});
