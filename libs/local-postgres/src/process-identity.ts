import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A text that no other process has, not even a later one with the same pid. Undefined when the process does not live. */
export const processIdentity = (pid: number): string | undefined => {
  if (!isAlive(pid)) return undefined;
  if (process.platform === 'linux') return identityFromProc(pid);
  if (process.platform === 'win32') return String(pid);
  return tryTo(() => `${pid} ${execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()}`);
};

/** The command line of a living process; undefined where it cannot be known. */
export const commandOf = (pid: number): string | undefined => {
  if (!isAlive(pid)) return undefined;
  if (process.platform === 'linux') return tryTo(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '));
  if (process.platform === 'win32') return undefined;
  return tryTo(() => execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }));
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Boot, pid and start time. A zombie is not alive: it holds nothing any more. */
const identityFromProc = (pid: number): string | undefined =>
  tryTo(() => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z') return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${pid} ${rest[18]}`;
  });

const tryTo = <T>(work: () => T): T | undefined => {
  try {
    return work();
  } catch {
    return undefined;
  }
};
