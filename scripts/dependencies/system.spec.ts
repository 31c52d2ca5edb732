import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { systemComponents } from './system.ts';

let fileSystem: string;
const has = (name: string, paragraph: string): Promise<void> => writeFile(join(fileSystem, 'var/lib/dpkg/status.d', name), paragraph);

beforeEach(async () => {
  fileSystem = await mkdtemp(join(tmpdir(), 'orderbus-system-'));
  await mkdir(join(fileSystem, 'var/lib/dpkg/status.d'), { recursive: true });
});
afterEach(() => rm(fileSystem, { recursive: true }));

test('an image is made of Node and of the Debian packages that stand in it', async () => {
  await has('libstdc++6', 'Package: libstdc++6\nStatus: install ok installed\nArchitecture: arm64\nVersion: 12.2.0-14+deb12u1\n');
  expect(await systemComponents(fileSystem, '24.21.0')).toMatchObject([
    { type: 'platform', name: 'node', version: '24.21.0', purl: 'pkg:generic/node@24.21.0' },
    {
      ...{ type: 'library', name: 'libstdc++6', version: '12.2.0-14+deb12u1' },
      purl: 'pkg:deb/debian/libstdc++6@12.2.0-14%2Bdeb12u1?arch=arm64',
    },
  ]);
});

test('a package that does not say which it is makes no bill', async () => {
  await has('libc6', 'Package: libc6\nArchitecture: amd64\n');
  await expect(systemComponents(fileSystem)).rejects.toThrow('without Version');
});
