/**
 * `npm run test:upgrade`: starts the stack of the last release, with its own docker-compose.yml, and replaces it, service by service, while orders
 * come in. `COMPOSE_FILE` as for `npm run test:compose`.
 */
import { execFileSync, type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lastRelease } from './last-release.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const released = mkdtempSync(join(tmpdir(), 'orderbus-released-'));
const files = process.env.COMPOSE_FILE ?? 'docker-compose.yml:tests/system/compose.yaml';
const env = { ...process.env, COMPOSE_PROJECT_NAME: 'orderbus-upgrade', COMPOSE_FILE: files, TEST_UPGRADE: released };
const options = { cwd: root, env, stdio: 'inherit' } satisfies SpawnSyncOptions;
const ofReleased = { ...options, cwd: released, env: { ...env, COMPOSE_FILE: `${files}:released.yaml` } };

const run = (command: string, args: readonly string[], where: SpawnSyncOptions = options): boolean =>
  spawnSync(command, args, where).status === 0;

/** The same services from an image of another name, so that the two do not get mixed up; looked at less often, since each look takes its part of the machine. */
const renameImage = (): void => {
  const config = execFileSync('docker', ['compose', 'config', '--format', 'json'], { cwd: released, env, encoding: 'utf8' });
  const { services } = JSON.parse(config) as { services: Record<string, { image: string; healthcheck?: { disable?: boolean } }> };
  const ours = Object.entries(services).filter(([, { image }]) => image === 'orderbus');
  const renamed = Object.fromEntries(
    ours.map(([name, { healthcheck }]) => [name, { image: 'orderbus:released', ...(healthcheck?.disable ? {} : rareLooks) }]),
  );
  writeFileSync(join(released, 'released.yaml'), JSON.stringify({ services: { ...renamed, postgres: { init: true } } }));
};

const rareLooks = { healthcheck: { interval: '15s', timeout: '10s' } };

const revision = lastRelease();
process.stdout.write(`From ${revision}\n`);
execFileSync('tar', ['-x', '-C', released], { input: execFileSync('git', ['archive', revision], { cwd: root, maxBuffer: 2 ** 28 }) });
renameImage();

const passed =
  run('docker', ['compose', 'build', 'setup']) &&
  run('docker', ['compose', 'up', '-d', '--build'], ofReleased) &&
  run(process.execPath, [
    ...['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--runInBand', '--testTimeout=180000'],
    'tests/system/src/upgrade.spec.ts',
  ]);
if (!passed) run('docker', ['compose', 'logs', '--tail', '30']);
run('docker', ['compose', 'down', '-v', '--remove-orphans']);
run('docker', ['image', 'rm', 'orderbus:released']);
rmSync(released, { recursive: true });
process.exit(passed ? 0 : 1);
