import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a command of Docker says; rejects when it fails. */
export const docker = async (...command: string[]): Promise<string> =>
  (await run('docker', command, { maxBuffer: 64 * 1024 * 1024 })).stdout.trim();

/** Of the stack that `scripts/test-compose.ts` has started: it says in the environment which one. */
export const compose = (...command: string[]): Promise<string> => docker('compose', ...command);

/** The service's containers, running or ended. */
export const containersOf = async (...services: string[]): Promise<string[]> =>
  (await compose('ps', '-a', '-q', ...services)).split('\n').filter(Boolean);
