import { AppError } from '@orderbus/kernel';
import { ConfigError } from '@orderbus/service-kit';

/** Why something failed, in words for whoever has started it. An error that we do not know comes with its stack. */
export const explain = (error: unknown): string => {
  if (error instanceof ConfigError) return error.message;
  if (error instanceof AppError) return known[error.code]?.(error.details) ?? `Cannot start: ${error.message}`;
  if (error instanceof AggregateError) return [...new Set(error.errors.map(explain))].join('\n');
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  if (code !== undefined && /^(ECONNREFUSED|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|28P01|28000|3D000|42501)$/.test(code)) {
    return `Cannot use the database at DATABASE_URL: ${error.message}`;
  }
  return error.stack ?? error.message;
};

type Details = Readonly<Record<string, unknown>>;

const known: Readonly<Record<string, (details: Details) => string>> = {
  'data-folder.other-amazon': ({ path, holds }) =>
    `${path} holds orders of ${holds === 'real' ? 'the real Amazon' : 'the sandbox'}. Invented and real orders do not mix: give another folder with --data${holds === 'real' ? '.' : ', or begin anew with --fresh.'}`,
  'local-postgres.folder-in-use': ({ byProcess }) =>
    `Orderbus already runs on this data folder${byProcess ? ` (process ${byProcess})` : ''}. Stop it first, or give another folder with --data.`,
  'local-postgres.folder-of-another-account': ({ folder }) =>
    `${folder} belongs to another account of this machine. Start as that account, or give another folder with --data.`,
  'local-postgres.data-of-another-version': ({ folder, versionOfData, versionOfServer }) =>
    `The data in ${folder} is of PostgreSQL ${versionOfData}, and this is ${versionOfServer}. Carry it over with pg_dump and pg_restore, or begin anew with --fresh.`,
  'local-postgres.no-binaries': ({ package: name }) =>
    `There is no PostgreSQL for this machine (${name}). Give one of your own with DATABASE_URL=postgres://…`,
  'local-postgres.did-not-start': ({ log }) => `The database did not start. It said:\n${log}`,
  'ports.none-free': ({ from }) => `There are not enough free ports from ${from} upwards. Give another number with --port.`,
};
