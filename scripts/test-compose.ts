/**
 * `npm run test:compose`: builds and starts the stack of docker-compose.yml as a project of its own, runs the story and the faults against
 * it, and removes it. `COMPOSE_FILE` may name the files instead, for a machine that needs one more.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const env = {
  ...process.env,
  COMPOSE_PROJECT_NAME: 'orderbus-test',
  COMPOSE_FILE: process.env.COMPOSE_FILE ?? 'docker-compose.yml:tests/system/compose.yaml',
  TEST_COMPOSE: '1',
};

const run = (command: string, ...args: string[]): number => spawnSync(command, args, { cwd: root, env, stdio: 'inherit' }).status ?? 1;

let status = run('docker', 'compose', 'up', '-d', '--build');
if (status === 0)
  status = run(
    process.execPath,
    '--experimental-vm-modules',
    'node_modules/jest/bin/jest.js',
    '--runInBand',
    'tests/system/src/.*compose.spec.ts',
  );
if (status !== 0) run('docker', 'compose', 'logs', '--tail', '30');
run('docker', 'compose', 'down', '-v');
process.exit(status);
