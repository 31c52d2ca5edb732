import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@orderbus/kernel';
import { processIdentity } from './process-identity.ts';

export interface Ownership {
  release(): void;
}

/**
 * Makes this process the only one that works in the folder, until `release`. The lock of a process that is gone counts for nothing.
 * @throws AppError `conflict` naming the process that has it.
 */
export const takeOwnership = async (folder: string): Promise<Ownership> => {
  const file = join(folder, 'owner.lock');
  const mine = JSON.stringify({ pid: process.pid, identity: processIdentity(process.pid) });
  for (let attempt = 0; attempt < 10; attempt++) {
    if (create(file, mine)) return releaseOnce(file);
    const found = read(file);
    const owner = parse(found);
    // Just created and not yet written, or cut off by a crash: a moment tells which.
    if (!owner && attempt < 4) await sleep(50);
    else if (owner && owner.identity === processIdentity(owner.pid)) {
      throw new AppError('conflict', 'local-postgres.folder-in-use', { folder, byProcess: owner.pid });
    } else discard(file, found);
  }
  throw new AppError('conflict', 'local-postgres.folder-in-use', { folder });
};

/** A second release must not take the lock of the next owner. */
const releaseOnce = (file: string): Ownership => {
  let held = true;
  return {
    release: () => {
      if (held) rmSync(file, { force: true });
      held = false;
    },
  };
};

const create = (file: string, content: string): boolean => {
  try {
    writeFileSync(file, content, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
};

/** Takes a dead owner's lock away. Two may do this at once: who finds that it has taken a newer lock puts it back. */
const discard = (file: string, expected: string): void => {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (read(aside) === expected) rmSync(aside, { force: true });
  else renameSync(aside, file);
};

const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

const parse = (text: string): { pid: number; identity: string } | undefined => {
  try {
    const { pid, identity } = JSON.parse(text);
    return Number.isInteger(pid) && typeof identity === 'string' ? { pid, identity } : undefined;
  } catch {
    return undefined;
  }
};
