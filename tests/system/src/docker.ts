import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a command of Docker says; rejects when it fails. */
export const docker = async (...command: string[]): Promise<string> =>
  (await run('docker', command, { maxBuffer: 64 * 1024 * 1024 })).stdout.trim();

/** Of the stack that `scripts/test-compose.ts` or `scripts/test-upgrade.ts` has started: they say in the environment which one. */
export const compose = (...command: string[]): Promise<string> => docker('compose', ...command);

/** The same stack, as the last release describes it. */
export const composeReleased = async (...command: string[]): Promise<string> => {
  const { TEST_UPGRADE, COMPOSE_FILE } = process.env;
  const env = { ...process.env, COMPOSE_FILE: `${COMPOSE_FILE}:released.yaml` };
  return (await run('docker', ['compose', ...command], { cwd: TEST_UPGRADE, env })).stdout.trim();
};

/** The service's containers, running or ended. */
export const containersOf = async (...services: string[]): Promise<string[]> =>
  (await compose('ps', '-a', '-q', ...services)).split('\n').filter(Boolean);
