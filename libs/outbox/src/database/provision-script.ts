import pg from 'pg';
import { makeTenancies, type Tenancy } from './provision.ts';
import type { Scribe } from './scribe.ts';

/** What `provision` does to a database in which nothing is yet, as SQL. Nobody gets a password. */
export const provisionScript = async (tenancies: readonly Tenancy[]): Promise<string> => {
  const statements: string[] = [];
  const writer = {
    // What is asked with parameters is whether something is there already.
    query: async (text: string, values?: unknown[]) => {
      if (values === undefined) statements.push(despiteOthers(text));
      return { rows: [], rowCount: 0 };
    },
    escapeIdentifier: pg.escapeIdentifier,
    escapeLiteral: pg.escapeLiteral,
  } as unknown as Scribe;
  await makeTenancies(writer, tenancies, () => 'login');
  return statements.map((statement) => `${statement.trim()};\n`).join('');
};

/** Roles belong to the whole server: another installation may have made the same one. */
const despiteOthers = (statement: string): string =>
  statement.startsWith('create role') ? `do $$ begin ${statement.trim()}; exception when duplicate_object then null; end $$` : statement;
