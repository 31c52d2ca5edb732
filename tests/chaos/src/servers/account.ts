import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { chown, mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const isRoot = process.getuid?.() === 0;

/** Debian's library that tells a process another time, if it is installed. */
export const faketime = (): string | undefined => globSync('/usr/lib/*/faketime/libfaketime.so.1')[0];

/** Whom a server runs as: ourselves, or the account that Debian has made for it when we are root. */
export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

export const accountOf = async (name: string): Promise<Account> => {
  if (!isRoot) return {};
  const [uid, gid] = await Promise.all(['-u', '-g'].map(async (flag) => Number((await run('id', [flag, name])).stdout)));
  return { uid: uid as number, gid: gid as number };
};

/** A folder that belongs to the server alone. */
export const folderFor = async ({ uid, gid }: Account, what: string): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), `orderbus-chaos-${what}-`));
  if (uid !== undefined) await chown(folder, uid, gid as number);
  return folder;
};

export const freePorts = async (count: number): Promise<number[]> => {
  const probes = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve) => {
          const probe = createServer().listen(0, '127.0.0.1', () => resolve(probe));
        }),
    ),
  );
  const ports = probes.map((probe) => (probe.address() as { port: number }).port);
  await Promise.all(probes.map((probe) => new Promise((resolve) => probe.close(resolve))));
  return ports;
};
