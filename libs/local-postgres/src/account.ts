import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Whom the server runs as. Empty: as ourselves. */
export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

const isRoot = (): boolean => process.getuid?.() === 0;

/** PostgreSQL refuses to run as root: then it runs as the owner of the data, else as `postgres`, else as `nobody`. */
export const serverAccount = async (data: string): Promise<Account> => {
  if (!isRoot()) return {};
  const owner = await stat(data).catch(() => undefined);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return (await lookUp('postgres')) ?? (await lookUp('nobody')) ?? { uid: 65_534, gid: 65_534 };
};

export const runAs = (account: Account, file: string, args: readonly string[]): Promise<{ stdout: string; stderr: string }> =>
  execute(file, args, { ...spawnOptions(account), maxBuffer: 16 * 1024 * 1024 });

/** What every process of the server is started with: not our directory, which it may not be allowed to see, and no `PG…` variables. */
export const spawnOptions = (account: Account) => ({
  ...account,
  cwd: isRoot() ? '/' : process.cwd(),
  windowsHide: true,
  // biome-ignore lint/style/noProcessEnv: the environment is passed on, not read
  env: { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PG'))), LC_ALL: 'C', TZ: 'UTC' },
});

const lookUp = async (name: string): Promise<Account | undefined> => {
  try {
    const [uid, gid] = await Promise.all(['-u', '-g'].map(async (flag) => Number((await execute('id', [flag, name])).stdout)));
    return uid === undefined || gid === undefined ? undefined : { uid, gid };
  } catch {
    return undefined;
  }
};
