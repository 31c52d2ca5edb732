import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '@orderbus/kernel';
import { type Environment, scrubText } from '@orderbus/service-kit';

const run = promisify(execFile);

/** Runs `pg_dump` or `pg_restore` against a database. @throws AppError `backup.no-tool`, `backup.tool-too-old`, `backup.tool-failed` */
export type RunTool = (args: readonly string[]) => Promise<void>;

/**
 * One of PostgreSQL's own programs, from `PG_BIN` or the path. It has to be of the server's major version or a newer one.
 * @param databaseUrl its password is handed over in the environment, where no list of processes shows it
 */
export const postgresTool = async (
  name: 'pg_dump' | 'pg_restore',
  { databaseUrl, serverVersion, environment }: { databaseUrl: string; serverVersion: number; environment: Environment },
): Promise<RunTool> => {
  const { PG_BIN: bin } = environment;
  const program = bin ? join(bin, name) : name;
  const said = await run(program, ['--version']).catch((cause: unknown) => {
    throw new AppError(
      'unavailable',
      'backup.no-tool',
      { program, mend: 'install the client programs of PostgreSQL, or set PG_BIN' },
      { cause },
    );
  });
  const major = Number(/(\d+)/.exec(said.stdout.slice(said.stdout.indexOf(')')))?.[1]);
  const needed = Math.floor(serverVersion / 10_000);
  if (!(major >= needed)) throw new AppError('conflict', 'backup.tool-too-old', { program, version: major, server: needed });
  const url = new URL(databaseUrl);
  const password = decodeURIComponent(url.password);
  url.password = '';
  return async (args) => {
    try {
      await run(program, [...args, `--dbname=${url.href}`], {
        env: { ...environment, ...(password && { PGPASSWORD: password }) },
        maxBuffer: 64 * 1_024 * 1_024,
      });
    } catch (error) {
      const words = String((error as { stderr?: string }).stderr ?? (error as Error).message);
      throw new AppError('conflict', 'backup.tool-failed', { program, why: scrubText(words).trim().slice(0, 500) });
    }
  };
};
