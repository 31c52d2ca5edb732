import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { provision } from '@orderbus/outbox';
import { residents, tenancyOf } from '@orderbus/setup';
import { type TestDatabase, testDatabase } from '@orderbus/testkit';
import pg from 'pg';

/** A prefix of its own: roles belong to the whole server, and these are to be new. */
const prefix = `dba${randomBytes(4).toString('hex')}_`;
const script = readFileSync(new URL('../../postgres/roles.sql', import.meta.url), 'utf8');

describe('deploy/postgres/roles.sql', () => {
  let byScript: TestDatabase;
  let bySetup: TestDatabase;

  beforeAll(async () => {
    [byScript, bySetup] = await Promise.all([testDatabase(), testDatabase()]);
    await provision({ adminUrl: bySetup.url, secret: 'test', tenancies: residents.map(tenancyOf) });
  });
  afterAll(async () => {
    const roles = (await on(byScript, `select rolname as name from pg_roles where rolname like '${prefix}%'`)).map(({ name }) => name);
    await byScript.drop();
    for (const role of roles) await on(bySetup, `drop role ${role}`);
    await bySetup.drop();
  });

  test('makes in a new database the roles, schemas and privileges that setup makes', async () => {
    await on(byScript, script.replaceAll('orderbus_', prefix));
    const made = await Promise.all(questions.map((question) => on(byScript, question.replaceAll('orderbus_', prefix))));
    const wanted = await Promise.all(questions.map((question) => on(bySetup, question)));
    expect(wanted.map((rows) => rows.length).every((count) => count >= residents.length)).toBe(true);
    expect(JSON.parse(JSON.stringify(made).replaceAll(prefix, 'orderbus_'))).toEqual(wanted);
  });
});

const schemas = residents.map(({ schema }) => `'${schema}'`).join();
const acl = (column: string) => `(select array_agg(x::text order by x::text) from unnest(${column}) x)`;

/** Attributes and groups of roles; of schemas, tables and functions the owners, and who may do what; what everybody may. */
const questions = [
  `select rolname, rolcanlogin, rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls, rolinherit,
     (select count(*)::int from pg_auth_members m where m.member = r.oid) as groups
   from pg_roles r where rolname in ('orderbus_audit', ${residents.map((one) => `'${tenancyOf(one).role}'`).join()}) order by 1`,
  `select nspname, nspowner::regrole::text, ${acl('nspacl')} as acl from pg_namespace where nspname in (${schemas}, 'public') order by 1`,
  `select n.nspname, relname, relkind::text, relowner::regrole::text, ${acl('relacl')} as acl
   from pg_class c join pg_namespace n on n.oid = relnamespace where nspname in (${schemas}) order by 1, 2`,
  `select n.nspname, p.oid::regprocedure::text as name, proowner::regrole::text, prosecdef, proconfig, ${acl('proacl')} as acl
   from pg_proc p join pg_namespace n on n.oid = pronamespace where nspname in (${schemas}) order by 1, 2`,
  `select unnest(datacl)::text as acl from pg_database where datname = current_database()
   union all select s from unnest(array[${schemas}]) s order by 1`,
];

const on = async ({ url }: TestDatabase, sql: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
};
