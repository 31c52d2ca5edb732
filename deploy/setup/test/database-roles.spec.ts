import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { provision } from '@orderbus/outbox';
import { type TestDatabase, testDatabase } from '@orderbus/testkit';
import pg from 'pg';
import { residents, tenancyOf } from '../src/index.ts';

/** Everybody's, and the one that all share when the broker is the embedded one. */
const tenancies = [...residents.map(tenancyOf), { schema: 'broker', role: 'orderbus_broker', audited: false }];

let database: TestDatabase;
let admin: pg.Client;
const clients = new Map<string, pg.Client>();
const roleOf = (schema: string): pg.Client => clients.get(schema) as pg.Client;

const makeRoles = () => provision({ adminUrl: database.url, secret: 'test', tenancies });
const open = async (url: string | undefined): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  return client;
};

beforeAll(async () => {
  database = await testDatabase();
  admin = await open(database.url);
  for (const [schema, url] of Object.entries(await makeRoles())) {
    const client = await open(url);
    clients.set(schema, client);
    await client.query(`create table ${schema}.mine (id int primary key, note text)`);
    await client.query(`insert into ${schema}.mine values (1, 'secret of ${schema}')`);
    await client.query(`create function ${schema}.my_function() returns int language sql as 'select 1'`);
    await client.query(`create sequence ${schema}.my_sequence`);
  }
});
afterAll(async () => {
  await Promise.all([admin, ...clients.values()].map((client) => client.end()));
  await database.drop();
});

/** What each statement comes to: PostgreSQL's code, or how many rows. Whatever it did is undone. */
const outcomes = async (client: pg.Client, statements: readonly string[]): Promise<Record<string, string>> => {
  const found: Record<string, string> = {};
  for (const statement of statements) {
    await client.query('begin');
    found[statement] = await client.query(statement).then(
      ({ rowCount }) => `allowed: ${rowCount}`,
      (error: pg.DatabaseError) => error.code ?? error.message,
    );
    await client.query('rollback');
  }
  return found;
};
const expectAllDenied = async (client: pg.Client, statements: readonly string[]): Promise<void> =>
  expect(await outcomes(client, statements)).toEqual(Object.fromEntries(statements.map((statement) => [statement, '42501'])));

describe.each(tenancies)('the role of the schema $schema', ({ schema: own, role, audited = true }) => {
  const others = tenancies.filter(({ schema }) => schema !== own);

  test.each(others)('neither reads nor changes anything in $schema', async ({ schema, role: owner, audited: hasLog = true }) => {
    await expectAllDenied(roleOf(own), [
      `select * from ${schema}.mine`,
      `insert into ${schema}.mine values (2, 'x')`,
      `update ${schema}.mine set note = 'x'`,
      `delete from ${schema}.mine`,
      `truncate ${schema}.mine`,
      `lock table ${schema}.mine`,
      `select ${schema}.my_function()`,
      `select nextval('${schema}.my_sequence')`,
      `create table ${schema}.theirs (id int)`,
      `create table ${own}.theirs (id int references ${schema}.mine)`,
      `create view ${own}.theirs as select * from ${schema}.mine`,
      `create index on ${schema}.mine (note)`,
      `create trigger t before insert on ${schema}.mine for each row execute function ${own}.my_function()`,
      `alter table ${schema}.mine add column x int`,
      `alter table ${schema}.mine owner to ${role}`,
      `drop table ${schema}.mine`,
      `drop schema ${schema} cascade`,
      `alter schema ${schema} rename to theirs`,
      `grant select on ${schema}.mine to ${role}`,
      `alter default privileges for role ${owner} grant select on tables to ${role}`,
      `set role ${owner}`,
      `set session authorization ${owner}`,
      `grant ${owner} to ${role}`,
      `alter role ${owner} password 'mine'`,
      `drop role ${owner}`,
      ...(hasLog ? [`select * from ${schema}.audit_log`, `select ${schema}.audit_append('[]')`] : []),
    ]);
  });

  test('makes nothing outside of its schema, and has no power over the server', async () => {
    await expectAllDenied(roleOf(own), [
      'create table public.mine (id int)',
      'create temporary table mine (id int)',
      'create schema mine',
      'create role mine',
      `alter role ${role} superuser`,
      `alter role ${role} createdb`,
      'set role orderbus_audit',
      'set role postgres',
      'select * from pg_authid',
      `select pg_read_file('/etc/passwd')`,
      `select pg_ls_dir('.')`,
      `select lo_import('/etc/passwd')`,
      `copy pg_class to '/tmp/orderbus-must-not-exist'`,
      `copy ${own}.mine from program 'true'`,
      'create extension pgcrypto',
      'create event trigger t on ddl_command_start execute function pg_catalog.pg_notify()',
      `alter database ${new URL(database.url).pathname.slice(1)} set work_mem = '1GB'`,
      'create publication mine for all tables',
      ...(audited ? [`drop schema ${own} cascade`] : []),
    ]);
    // Outside of a transaction, as these want it.
    for (const statement of ['create database mine', `alter system set work_mem = '1GB'`])
      await expect(roleOf(own).query(statement)).rejects.toMatchObject({ code: '42501' });
  });

  test('lets nobody in', async () => {
    // What it may not pass on, PostgreSQL does not pass on, with a warning.
    if (audited) await roleOf(own).query(`grant usage on schema ${own} to public`);
    const { rows } = await admin.query(`select rolname from pg_roles where has_schema_privilege(rolname, $1, 'usage') and not rolsuper`, [
      own,
    ]);
    const letIn = rows.map(({ rolname }) => rolname).filter((name) => name.startsWith('orderbus_'));
    expect(letIn.sort()).toEqual((audited ? ['orderbus_audit', role] : [role]).sort());
  });

  test('sees nothing of what others are asking, and ends none of their connections', async () => {
    const [other = { schema: own }] = others;
    await roleOf(other.schema).query(`select 'a secret question'`);
    const { rows } = await roleOf(other.schema).query('select pg_backend_pid() as pid');
    const seen = await roleOf(own).query('select query from pg_stat_activity where pid = $1', [rows[0].pid]);
    expect(seen.rows).toEqual([{ query: '<insufficient privilege>' }]);
    for (const end of ['pg_terminate_backend', 'pg_cancel_backend'])
      await expect(roleOf(own).query(`select ${end}($1)`, [rows[0].pid])).rejects.toMatchObject({ code: '42501' });
    const statistics = await roleOf(own).query(`select from pg_stats where schemaname = any($1)`, [others.map(({ schema }) => schema)]);
    expect(statistics.rowCount).toBe(0);
  });

  test('does in its own what a service does', async () => {
    const done = await outcomes(roleOf(own), [
      `select * from ${own}.mine`,
      `update ${own}.mine set note = 'x'`,
      `create table ${own}.more (id int)`,
      `alter table ${own}.mine add column more text`,
      `create index on ${own}.mine (note)`,
      `drop table ${own}.mine`,
    ]);
    expect(Object.values(done).filter((outcome) => !outcome.startsWith('allowed'))).toEqual([]);
  });
});

describe('making roles once more', () => {
  /** Roles belong to the whole server: what is done to these touches no other test. */
  const ownRole = (name: string): string => `orderbus_test_${name}_${new URL(database.url).pathname.slice(-8)}`;
  const made: string[] = [];
  const make = (name: string) => {
    made.push(ownRole(name));
    return { schema: name, role: ownRole(name) };
  };
  afterAll(async () => {
    for (const role of made) {
      await admin.query(`drop owned by ${role} cascade`);
      await admin.query(`drop role ${role}`);
    }
  });

  test('takes back what somebody has given by hand', async () => {
    const [one, other] = [make('one'), make('other')];
    const again = () => provision({ adminUrl: database.url, secret: 'test', tenancies: [one, other] });
    const client = await open((await again()).one);
    await admin.query(`create table other.mine (id int)`);
    await admin.query(`alter role ${one.role} superuser createdb createrole replication bypassrls`);
    await admin.query(`grant pg_read_all_data, ${other.role} to ${one.role}`);
    await admin.query(`grant usage on schema other to public, ${one.role}`);
    await admin.query('grant select on other.mine to public');
    await again();
    await expectAllDenied(client, ['select * from other.mine', `set role ${other.role}`, 'create role mine']);
    const { rows } = await admin.query(
      'select rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls from pg_roles where rolname = $1',
      [one.role],
    );
    expect(Object.values(rows[0])).toEqual(Array(5).fill(false));
    await client.end();
  });

  test('keeps a role from taking all connections, where the operator says how many it may have', async () => {
    const limited = [make('limited')];
    const urls = await provision({ adminUrl: database.url, secret: 'test', tenancies: limited, connectionLimit: 2 });
    const two = [await open(urls.limited), await open(urls.limited)];
    await expect(open(urls.limited)).rejects.toMatchObject({ code: '53300' });
    await Promise.all(two.map((client) => client.end()));
  });

  test('takes no superuser: whoever owns the database and may create roles can, also the second time', async () => {
    const owner = ownRole('owner');
    await admin.query(`create role ${owner} login createrole password 'x'`);
    await admin.query(`create database ${owner} owner ${owner}`);
    // On a server of its own it would have made this role itself.
    await admin.query(`grant orderbus_audit to ${owner} with admin option`);
    const url = new URL(database.url);
    Object.assign(url, { username: owner, password: 'x', pathname: `/${owner}` });
    const own = [{ schema: 'owned', role: `${owner}_service` }];
    const urls = await provision({ adminUrl: url.href, secret: 'test', tenancies: own });
    expect(await provision({ adminUrl: url.href, secret: 'test', tenancies: own })).toEqual(urls);
    const client = await open(urls.owned);
    await expectAllDenied(client, ['create temporary table mine (id int)', 'create schema mine', 'create table public.mine (id int)']);
    await client.end();
    await admin.query(`drop database ${owner} with (force)`);
    for (const role of [`${owner}_service`, owner]) await admin.query(`drop role ${role}`);
  });
});
