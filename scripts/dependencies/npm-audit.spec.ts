import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { npmAudit } from './npm-audit.ts';

const weakness = {
  ...{ id: 1, url: 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc', title: 'Anybody may come in', severity: 'high' },
  ...{ vulnerable_versions: '<2', cwe: [], cvss: { score: 8, vectorString: null } },
};

let folder: string;
let registry: Server;
/** What the registry answers to the question for advisories; it knows nothing else. */
let answer: { status: number; body: object };
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'orderbus-audit-'));
  const shop = { name: 'shop', version: '1.0.0', dependencies: { door: '1.0.0' } };
  const packages = { '': shop, 'node_modules/door': { version: '1.0.0' } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(shop));
  await writeFile(join(folder, 'package-lock.json'), JSON.stringify({ ...shop, lockfileVersion: 3, requires: true, packages }));
  registry = createServer((request, response) => {
    const { status, body } = request.url?.endsWith('/advisories/bulk') ? answer : { status: 404, body: {} };
    request.resume().once('end', () => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)));
  });
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
  environment = {
    ...process.env,
    npm_config_registry: `http://127.0.0.1:${(registry.address() as AddressInfo).port}`,
    npm_config_cache: folder,
  };
});

afterAll(async () => {
  registry.closeAllConnections();
  await new Promise((resolve) => registry.close(resolve));
  await rm(folder, { recursive: true });
});

describe('what a registry knows of our packages', () => {
  test('is told, with severity and address', async () => {
    answer = { status: 200, body: { door: [weakness] } };
    await expect(npmAudit(folder, environment)).resolves.toEqual({
      advisories: [{ id: 'GHSA-aaaa-bbbb-cccc', package: 'door', severity: 'high', title: weakness.title, url: weakness.url }],
    });
  });

  test('may be nothing', async () => {
    answer = { status: 200, body: {} };
    await expect(npmAudit(folder, environment)).resolves.toEqual({ advisories: [] });
  });

  test('is also asked for where npm is told to be offline and not to audit: it would say that there is nothing', async () => {
    answer = { status: 200, body: { door: [weakness] } };
    const unwilling = { ...environment, npm_config_offline: 'true', npm_config_audit: 'false' };
    await expect(npmAudit(folder, unwilling)).resolves.toMatchObject({ advisories: [{ package: 'door' }] });
  });

  test('is unknown when it does not answer such questions', async () => {
    answer = { status: 405, body: {} };
    await expect(npmAudit(folder, environment)).resolves.toEqual({ silence: 'status 405' });
  });

  test('is unknown when nobody is there', async () => {
    const nowhere = { ...environment, npm_config_registry: 'http://127.0.0.1:1' };
    await expect(npmAudit(folder, nowhere)).resolves.toEqual({ silence: expect.stringContaining('ECONNREFUSED') });
  });

  test('is unknown when npm itself is not there', async () => {
    await expect(npmAudit(folder, { PATH: folder })).resolves.toEqual({ silence: expect.stringContaining('ENOENT') });
  });
});
