import { chmod, chown, cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Account, runAs, serverAccount } from './account.ts';
import { type Binaries, binariesIn, versionOf } from './binaries.ts';
import type { LocalPostgresLog } from './log.ts';

/** Where the server's files are, whom it runs as, and with which binaries: a place where it really can. */
export interface Home {
  readonly folder: string;
  readonly account: Account;
  readonly binaries: Binaries;
  readonly version: string;
}

/** Where root keeps what a server that is not root cannot reach inside the project. */
const elsewhere = '/var/lib/orderbus';

export const findHome = async (folder: string, installed: Binaries, log: LocalPostgresLog): Promise<Home> => {
  const known = (await movedTo(folder)) ?? folder;
  const account = await serverAccount(join(known, 'data'));
  const home = account.uid === undefined || known !== folder || (await reaches(account, folder)) ? known : await moveOut(folder);
  if (home !== folder) log('the database is kept where its account can reach it', { home });
  if (account.uid !== undefined) await chown(home, account.uid, account.gid ?? account.uid);
  return { folder: home, account, ...(await runnable(installed, account, log)) };
};

/** The place outside of the folder, if the data had to move there. */
export const movedTo = async (folder: string): Promise<string | undefined> => {
  const path = await readFile(join(folder, 'moved-to'), 'utf8').catch(() => undefined);
  return path?.trim();
};

/** Tried, not guessed: mount options, ACLs and every parent directory have a say. */
const reaches = async (account: Account, folder: string): Promise<boolean> => {
  await chown(folder, account.uid ?? 0, account.gid ?? 0);
  return runAs(account, '/bin/sh', ['-c', 'cd -- "$1" && test -w .', 'sh', folder]).then(
    () => true,
    () => false,
  );
};

const moveOut = async (folder: string): Promise<string> => {
  await mkdir(elsewhere, { recursive: true, mode: 0o755 });
  const home = await mkdtemp(join(elsewhere, 'postgres-'));
  await writeFile(join(folder, 'moved-to'), `${home}\n`);
  return home;
};

const runnable = async (installed: Binaries, account: Account, log: LocalPostgresLog): Promise<{ binaries: Binaries; version: string }> => {
  try {
    return { binaries: installed, version: await versionOf(installed, account) };
  } catch (error) {
    if (account.uid === undefined) throw error;
  }
  const binaries = await copyOut(installed, log);
  return { binaries, version: await versionOf(binaries, account) };
};

/** Copied once per version; renamed when complete, so that an interrupted copy is never used. */
const copyOut = async (installed: Binaries, log: LocalPostgresLog): Promise<Binaries> => {
  const target = join(elsewhere, `binaries-${await versionOf(installed, {})}`);
  const copy = binariesIn(target);
  if (await runAs({}, copy.postgres, ['--version']).then(Boolean, () => false)) return copy;
  log('the database server is copied to where its account can reach it', { target });
  await mkdir(elsewhere, { recursive: true, mode: 0o755 });
  const unfinished = await mkdtemp(join(elsewhere, 'copying-'));
  await cp(installed.native, unfinished, { recursive: true, verbatimSymlinks: true });
  await chmod(unfinished, 0o755);
  await runAs({}, 'chmod', ['-R', 'a+rX', unfinished]);
  await rm(target, { recursive: true, force: true });
  await rename(unfinished, target);
  return copy;
};
