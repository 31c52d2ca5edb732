import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { residents } from '../src/index.ts';

interface ComposeService {
  readonly environment?: Record<string, string>;
  readonly volumes?: string[];
  readonly read_only?: boolean;
  readonly cap_drop?: string[];
}
const text = readFileSync(new URL('../../../docker-compose.yml', import.meta.url), 'utf8');
const { services, volumes } = parse(text, { merge: true }) as { services: Record<string, ComposeService>; volumes: object };

describe.each(residents)('docker-compose.yml, $name', ({ name }) => {
  const { environment = {}, volumes: mounts = [], ...rest } = services[name] ?? {};

  test('gets the credentials of its own, as files', () => {
    expect(environment).toMatchObject({
      DATABASE_URL_FILE: `/run/orderbus/${name}/database-url`,
      BROKER_URL_FILE: `/run/orderbus/${name}/broker-url`,
    });
  });

  test('sees the folder of no other service, and changes nothing in its own', () => {
    expect(mounts).toEqual([`${name}:/run/orderbus/${name}:ro`]);
    expect(services.setup?.volumes).toContain(`${name}:/run/orderbus/${name}`);
    expect(volumes).toHaveProperty(name);
    expect(rest).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
  });
});

test('docker-compose.yml gives the passwords of the administrators to setup, and to nobody else but the servers themselves', () => {
  const knowing = Object.entries(services)
    .filter(([, { environment = {} }]) => /POSTGRES_PASSWORD|RABBITMQ_PASSWORD/.test(JSON.stringify(environment)))
    .map(([name]) => name);
  expect(knowing.sort()).toEqual(['postgres', 'rabbitmq', 'setup']);
});
