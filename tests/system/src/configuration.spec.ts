import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import { type Environment, launch } from './fleet.ts';
import type { ServiceName } from './installation.ts';

const everywhere = ['ACCESS_URL', 'DATABASE_URL', 'BROKER_URL'];
const required: Readonly<Record<ServiceName, readonly string[]>> = {
  access: ['DATABASE_URL', 'BROKER_URL', 'ORDERBUS_KEYS'],
  'amazon-gateway': [...everywhere, 'ORDERBUS_KEYS'],
  order: [...everywhere, 'ORDERBUS_KEYS'],
  fulfillment: everywhere,
  billing: everywhere,
  notification: [...everywhere, 'ORDERBUS_KEYS'],
  console: [...everywhere, 'SERVICES', 'PUBLIC_URL', 'ACCESS_PUBLIC_URL'],
};
const services = Object.entries(required) as [ServiceName, readonly string[]][];

/** What a service says on standard error before it ends, and how it ends. */
const start = async (service: ServiceName, environment: Environment): Promise<{ code: number; said: string }> => {
  const child = launch(service, environment);
  if (!child.stderr) throw new Error('nothing to read');
  const [[code], said] = await Promise.all([once(child, 'exit'), text(child.stderr)]);
  return { code, said };
};

/** The variables that are complained about. */
const namesIn = (said: string): string[] => [...said.matchAll(/^ {2}([A-Z_]+): ./gm)].map(([, name = '']) => name).sort();

describe('a service does not start with a wrong environment', () => {
  test.concurrent.each(services)('%s names everything that is missing at once', async (service, names) => {
    const { code, said } = await start(service, {});
    expect(said).toContain('Cannot start, the environment is wrong:');
    expect(namesIn(said)).toEqual([...names].sort());
    expect(code).toBe(1);
  });

  test('and does not repeat what it was given: it may be a secret', async () => {
    const { code, said } = await start('order', {
      DATABASE_URL: 'mysql://me:hunter2@localhost',
      ORDERBUS_KEYS: 'k1:hunter2',
      HTTP_PORT: 'hunter2',
    });
    expect(namesIn(said)).toEqual(['ACCESS_URL', 'BROKER_URL', 'DATABASE_URL', 'HTTP_PORT', 'ORDERBUS_KEYS']);
    expect(said).not.toContain('hunter2');
    expect(code).toBe(1);
  });
});
