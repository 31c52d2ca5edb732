import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { eventually, type TestDatabase, testDatabase } from '@orderbus/testkit';
import pg from 'pg';
import { type AuditEntry, hashOf, originOf } from '../src/audit/entry.ts';
import {
  type AuditAnchor,
  anchorAudit,
  type Database,
  everyAudit,
  listAudit,
  type NewAuditEntry,
  openAuditLog,
  openDatabase,
  provision,
  purgeAudit,
  verifyAudits,
  verifyOwnAudit,
} from '../src/index.ts';

const ada = { id: 'person:ada', name: 'Ada' };

const asked = (changes: Partial<NewAuditEntry> = {}): NewAuditEntry => ({
  actor: ada,
  action: 'postOrdersByOrderIdHold',
  subjects: ['order:1'],
  outcome: 'asked',
  correlationId: 'c-1',
  ...changes,
});

let server: TestDatabase;
let urls: Record<string, string>;
let admin: pg.Client;
const opened: Database[] = [];

const tenancyOf = (schema: string) => ({ schema, role: `orderbus_test_${schema}` });
const schemas = ['left', 'right', 'old', 'away', 'aside'];

beforeAll(async () => {
  server = await testDatabase();
  urls = await provision({ adminUrl: server.url, secret: 's', tenancies: schemas.map(tenancyOf) });
  admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
});
afterAll(async () => {
  await Promise.all(opened.map((database) => database.stop()));
  await admin.end();
  await server.drop();
});

const open = async (schema: string): Promise<Database> => {
  const database = openDatabase({ url: urls[schema] as string, schema, entities: [], migrations: [] });
  opened.push(database);
  await database.start();
  return database;
};

const collected = async <T>(source: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const one of source) all.push(one);
  return all;
};

/** Every audit log that the administrator finds, or that of one schema. */
const verified = async (schema?: string, anchors: readonly AuditAnchor[] = []) => {
  const options = schema === undefined ? {} : { schemas: [schema], anchors: new Map([[schema, anchors]]) };
  return collected(verifyAudits({ url: server.url, ...options }));
};

/** As somebody does who may do everything, and who knows how to get around triggers. */
const tamper = async (...statements: readonly string[]): Promise<void> => {
  await admin.query('set session_replication_role = replica');
  for (const statement of statements) await admin.query(statement);
  await admin.query('set session_replication_role = origin');
};

describe('the audit log', () => {
  let database: Database;
  beforeAll(async () => {
    database = await open('left');
  });

  test('chains what is asked for at the same time together, each entry to the one in front', async () => {
    const log = openAuditLog({ database });
    const seqs = await Promise.all(Array.from({ length: 40 }, (_, n) => log.record([asked({ correlationId: `c-${n}` })])));
    expect(seqs).toEqual(Array.from({ length: 40 }, (_, n) => [n + 1]));
    const entries = await collected(everyAudit(database, {}));
    expect(entries.map(({ correlationId }) => correlationId)).toEqual(Array.from({ length: 40 }, (_, n) => `c-${n}`));
    expect(entries.map(({ prevHash }) => prevHash)).toEqual([originOf('left'), ...entries.slice(0, -1).map(({ hash }) => hash)]);
    // The first began at once, the others were written behind it.
    expect(new Set(entries.map(({ at }) => at)).size).toBeLessThanOrEqual(2);
  });

  test('of two processes is one chain', async () => {
    const other = openAuditLog({ database: await open('left') });
    const mine = openAuditLog({ database });
    const seqs = await Promise.all(Array.from({ length: 60 }, (_, n) => (n % 2 ? mine : other).record([asked()])));
    expect(new Set(seqs.flat()).size).toBe(60);
    expect(await verifyOwnAudit(database, { schema: 'left' })).toMatchObject({ entries: 100 });
  });

  test('numbers, dates and hashes an entry itself, whatever the service says', async () => {
    const forged = { actor: 'person:x', actor_name: 'X', action: 'x', subjects: [], fields: [], outcome: 'done', correlation_id: 'x' };
    await database.query('select audit_append($1::jsonb)', [
      JSON.stringify([{ ...forged, seq: 1, at: '2020-01-01T00:00:00Z', prev_hash: '\\x00', hash: '\\x00' }]),
    ]);
    const [entry] = await listAudit(database, {}, { order: 'newest-first', limit: 1 });
    expect(entry).toMatchObject({ seq: 101, actor: 'person:x' });
    expect(Date.now() - Date.parse(entry?.at ?? '')).toBeLessThan(60_000);
    expect(await verifyOwnAudit(database, { schema: 'left' })).not.toHaveProperty('broken');
  });

  test('takes any text, and no sign that would forge a line or turn its direction', async () => {
    const log = openAuditLog({ database });
    const text = `"\\ \u0000\r\n\t\u001b[31m \u202eevil 山田 😀 \ud800`;
    await log.record([asked({ actor: { ...ada, name: text }, reason: text, subjects: [text, 'a"b'], fields: [text] })]);
    const [entry] = await listAudit(database, {}, { order: 'newest-first', limit: 1 });
    expect(entry).toMatchObject({ actorName: `"\\      [31m  evil 山田 😀 �`, subjects: [expect.any(String), 'a"b'] });
    expect(await verifyOwnAudit(database, { schema: 'left' })).not.toHaveProperty('broken');
  });

  test('is found by who, for whom, what, about what, where, why, when and how it ended', async () => {
    const log = openAuditLog({ database });
    const found = { action: 'found', tenant: 'a', reason: 'why', subjects: ['order:7', 'sku:X'] };
    await log.record([
      asked({ ...found, actor: { id: 'service:billing', name: 'billing' }, onBehalfOf: 'Grace', outcome: 'done', status: 200 }),
      asked({ ...found, tenant: 'b', outcome: 'denied', status: 403, reason: 'other' }),
      asked({ ...found, tenant: undefined, subjects: [] }),
    ]);
    const count = async (filter: Parameters<typeof listAudit>[1]) =>
      (await listAudit(database, { action: 'found', ...filter }, { order: 'newest-first', limit: 10 })).length;
    expect(await count({})).toBe(3);
    expect(await count({ actor: 'service:billing' })).toBe(1);
    expect(await count({ name: 'Grace' })).toBe(1);
    expect(await count({ name: 'Ada' })).toBe(2);
    expect(await count({ subject: 'sku:X' })).toBe(2);
    expect(await count({ tenant: 'b' })).toBe(1);
    expect(await count({ tenants: ['a', 'c'] })).toBe(1);
    expect(await count({ tenants: [] })).toBe(0);
    expect(await count({ outcome: 'denied' })).toBe(1);
    expect(await count({ reason: 'why' })).toBe(2);
    expect(await count({ to: '2020-01-01T00:00:00Z' })).toBe(0);
    expect(await count({ from: '2020-01-01T00:00:00Z', to: '2120-01-01T00:00:00Z' })).toBe(3);
    const first = await listAudit(database, { action: 'found' }, { order: 'newest-first', limit: 2 });
    const rest = await listAudit(database, { action: 'found' }, { order: 'newest-first', after: first.at(-1), limit: 2 });
    expect([...first, ...rest].map(({ outcome }) => outcome)).toEqual(['asked', 'denied', 'done']);
  });

  test('is missed at the start by a service that was set up without it', async () => {
    await admin.query('create schema lonely');
    const nobody = openDatabase({ url: server.url, schema: 'lonely', entities: [], migrations: [] });
    // TypeORM says on the console, too, which migration it was.
    const said = jest.spyOn(console, 'log').mockImplementation(() => {});
    await expect(nobody.start()).rejects.toMatchObject({ code: 'audit.not-installed' });
    said.mockRestore();
    await nobody.stop();
  });
});

describe('the role of a service', () => {
  const attempts = [
    `update audit_log set reason = 'other'`,
    'delete from audit_log',
    'truncate audit_log',
    `insert into audit_log select * from audit_log limit 1`,
    'drop table audit_log',
    'alter table audit_log disable trigger all',
    'alter table audit_log owner to current_user',
    'alter table audit_log add column more text',
    'create trigger mine before insert on audit_log execute function suppress_redundant_updates_trigger()',
    'create rule mine as on insert to audit_log do instead nothing',
    `update audit_head set seq = 0`,
    'delete from audit_anchor',
    'truncate audit_anchor',
    'drop function audit_append(jsonb)',
    `create or replace function audit_append(entries jsonb) returns bigint language sql as 'select 1::bigint'`,
    'alter function audit_purge(interval) owner to current_user',
    `select audit_cover('2020-01-01')`,
    'drop schema "left" cascade',
    'alter schema "left" owner to current_user',
    'set role orderbus_audit',
    'set session_replication_role = replica',
  ];
  test.each(attempts)('can append to the audit log, and cannot: %s', async (attempt) => {
    const service = new pg.Client({ connectionString: urls.left, options: '-c search_path="left"' });
    await service.connect();
    await expect(service.query(attempt)).rejects.toThrow(/permission denied|must be owner/);
    const [part] = (await service.query(`select relname from pg_class where relname ~ '^audit_log_2'`)).rows;
    await expect(service.query(`delete from "${part.relname}"`)).rejects.toThrow(/permission denied/);
    await service.end();
  });

  test('that owned its schema before there was an audit log keeps its tables, and no more', async () => {
    const before = { schema: 'before', role: 'orderbus_test_before' };
    const { before: url } = await provision({ adminUrl: server.url, secret: 's', tenancies: [{ ...before, audited: false }] });
    const service = new pg.Client({ connectionString: url, options: '-c search_path=before' });
    await service.connect();
    await service.query('create table mine (id int)');
    await provision({ adminUrl: server.url, secret: 's', tenancies: [before] });
    await service.query('alter table mine add column more text');
    await service.query('create table another (id int)');
    await expect(service.query('drop schema before cascade')).rejects.toThrow('must be owner of schema before');
    await expect(service.query('drop table audit_log')).rejects.toThrow('must be owner of table audit_log');
    await service.end();
    await admin.query('drop schema before cascade');
  });

  test('cannot put something in the way of the functions that append', async () => {
    const service = new pg.Client({ connectionString: urls.left, options: '-c search_path="left"' });
    await service.connect();
    await service.query(`create function "left".sha256(bytea) returns bytea language sql as $$ select '\\x00'::bytea $$`);
    await service.query('set search_path = "left", pg_catalog');
    await service.query(
      `select audit_append('[{"actor":"a","actor_name":"a","action":"a","subjects":[],"fields":[],"outcome":"done","correlation_id":"a"}]')`,
    );
    await service.end();
    expect((await verified('left'))[0]).not.toHaveProperty('broken');
  });

  test.each([
    `update "left".audit_log set reason = 'other'`,
    'delete from "left".audit_log where seq = 3',
    'truncate "left".audit_log',
    `update "left".audit_anchor set seq = 3`,
    'truncate "left".audit_anchor',
    'delete from "left".audit_head',
  ])('is not alone in that: an administrator is stopped, too, from %s', async (attempt) => {
    await anchorAudit(opened[0] as Database);
    await expect(admin.query(attempt)).rejects.toThrow('the audit log is only ever appended to');
  });
});

describe('a verification', () => {
  let entries: AuditEntry[];
  beforeAll(async () => {
    const database = await open('right');
    const log = openAuditLog({ database });
    for (let n = 0; n < 3; n++) await log.record(Array.from({ length: 4 }, () => asked({ reason: `r-${n}` })));
    await log.record([asked({ outcome: 'done', status: 200, answers: 12 })]);
    entries = await collected(everyAudit(database, {}));
  });

  /** What is found after this was done, which is undone then. */
  const after = async (statements: readonly string[], anchors: readonly AuditAnchor[] = []) => {
    await admin.query('create table if not exists public.kept as select * from "right".audit_log');
    await admin.query('create table if not exists public.kept_head as select * from "right".audit_head');
    await tamper(...statements);
    const [result] = await verified('right', anchors);
    await tamper(
      ...['delete from "right".audit_log', 'insert into "right".audit_log select * from public.kept', 'delete from "right".audit_head'],
      ...['insert into "right".audit_head select * from public.kept_head', 'delete from "right".audit_anchor'],
    );
    return result;
  };
  const rewound = (seq: number) =>
    `update "right".audit_head set seq = ${seq}, hash = (select hash from "right".audit_log where seq = ${seq})`;
  const noted = (seq: number): AuditAnchor => ({ seq, hash: entries[seq - 1]?.hash as string });
  const anchored = (seq: number) =>
    `insert into "right".audit_anchor select seq, 'head', at, hash from "right".audit_log where seq = ${seq}`;

  test('of an untouched log says how long it is and what was never answered', async () => {
    expect(await after([])).toEqual({
      schema: 'right',
      entries: 13,
      head: noted(13),
      unanswered: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
    });
  });

  test.each(['actor', 'actor_name', 'action', 'tenant', 'reason', 'correlation_id', 'address', 'on_behalf_of'])(
    'finds the entry whose %s was changed',
    async (column) => {
      expect(await after([`update "right".audit_log set ${column} = 'other' where seq = 5`])).toMatchObject({
        entries: 4,
        broken: { seq: 5, fault: 'changed' },
      });
    },
  );

  test.each([
    [`subjects = array['order:2']`, 'changed'],
    [`fields = array['name']`, 'changed'],
    [`outcome = 'done'`, 'changed'],
    ['status = 200', 'changed'],
    ['answers = 1', 'changed'],
    [`at = at + interval '1 millisecond'`, 'missing'],
    [`hash = sha256('other')`, 'changed'],
    [`prev_hash = sha256('other')`, 'unlinked'],
    ['seq = 15', 'missing'],
  ])('finds that somebody has set %s', async (change, fault) => {
    // The last of its group: moved in time, it stands behind those that were written with it.
    expect(await after([`update "right".audit_log set ${change} where seq = 5`])).toMatchObject({ broken: { seq: 5, fault } });
  });

  test('finds what was taken out: in the middle, at the beginning, at the end', async () => {
    expect((await after(['delete from "right".audit_log where seq in (6, 7)']))?.broken).toEqual({ seq: 6, fault: 'missing' });
    expect((await after(['delete from "right".audit_log where seq < 4']))?.broken).toEqual({ seq: 1, fault: 'beginning-missing' });
    expect((await after(['delete from "right".audit_log where seq > 9']))?.broken).toEqual({ seq: 10, fault: 'end-missing' });
    expect((await after(['delete from "right".audit_log']))?.broken).toEqual({ seq: 1, fault: 'end-missing' });
  });

  test('finds that the end is missing also when the head was set back: by an anchor in the table, or by one in a log', async () => {
    const cut = ['delete from "right".audit_log where seq > 9', rewound(9)];
    expect((await after([anchored(11), ...cut]))?.broken).toEqual({ seq: 10, fault: 'end-missing' });
    expect((await after(cut, [noted(12)]))?.broken).toEqual({ seq: 10, fault: 'end-missing' });
  });

  test('finds entries that have changed places', async () => {
    const swap = `update "right".audit_log set seq = case seq when 5 then 6 else 5 end where seq in (5, 6)`;
    expect((await after(['alter table "right".audit_log drop constraint audit_log_pkey', swap]))?.broken).toMatchObject({ seq: 5 });
    await admin.query('alter table "right".audit_log add primary key (at, seq)');
  });

  test('finds an entry that was put in', async () => {
    const copy = `insert into "right".audit_log select 14, at, actor, actor_name, on_behalf_of, action, subjects, tenant, reason, fields, outcome,
      status, answers, correlation_id, address, hash, sha256('other') from "right".audit_log where seq = 13`;
    expect((await after([copy]))?.broken).toEqual({ seq: 14, fault: 'changed' });
  });

  test('finds a chain that somebody has computed anew, by an anchor that has seen the old one', async () => {
    const rewritten = entries.slice(7).reduce<{ statements: string[]; prev: string }>(
      ({ statements, prev }, entry) => {
        const hash = hashOf({ ...entry, reason: 'other' }, prev);
        const set = `reason = 'other', prev_hash = decode('${prev}', 'hex'), hash = decode('${hash}', 'hex')`;
        return { statements: [...statements, `update "right".audit_log set ${set} where seq = ${entry.seq}`], prev: hash };
      },
      { statements: [], prev: noted(7).hash },
    ).statements;
    expect(await after([...rewritten, rewound(13)])).not.toHaveProperty('broken');
    expect((await after([...rewritten, rewound(13)], [noted(10)]))?.broken).toEqual({ seq: 10, fault: 'written-anew' });
    expect((await after([anchored(9), ...rewritten, rewound(13)]))?.broken).toEqual({ seq: 9, fault: 'written-anew' });
    expect((await after(rewritten))?.broken).toEqual({ seq: 13, fault: 'written-anew' });
  });

  test('looks at all logs that its role may read: the administrator at each, a service at its own', async () => {
    expect((await verified()).map(({ schema }) => schema)).toEqual(schemas.toSorted());
    const own = await collected(verifyAudits({ url: urls.right as string }));
    expect(own.map(({ schema, entries: count }) => [schema, count])).toEqual([['right', 13]]);
  });
});

describe('what is too old', () => {
  /** Entries as they were made in these moments. */
  const writeOld = async (moments: readonly string[]): Promise<void> => {
    let prevHash = originOf('old');
    for (const [n, at] of moments.entries()) {
      const fields = { actor: 'person:ada', actorName: 'Ada', onBehalfOf: null, action: 'x', subjects: [], tenant: null, reason: null };
      const rest = { fields: [], outcome: 'done' as const, status: null, answers: null, correlationId: 'c', address: null };
      const hash = hashOf({ seq: n + 1, at, ...fields, ...rest }, prevHash);
      await admin.query(`select old.audit_cover($1)`, [at]);
      await admin.query(
        `insert into old.audit_log (seq, at, actor, actor_name, action, subjects, fields, outcome, correlation_id, prev_hash, hash)
         values ($1, $2, 'person:ada', 'Ada', 'x', '{}', '{}', 'done', 'c', decode($3, 'hex'), decode($4, 'hex'))`,
        [n + 1, at, prevHash, hash],
      );
      await admin.query(`update old.audit_head set seq = $1, at = $2, hash = decode($3, 'hex')`, [n + 1, at, hash]);
      prevHash = hash;
    }
  };
  const dayMs = 86_400_000;
  const ago = (days: number): string => new Date(Date.now() - days * dayMs).toISOString();

  test('goes by whole months, never before a year, and the rest stays verifiable', async () => {
    await writeOld([ago(500), ago(499), ago(465), ago(380), ago(20)]);
    const database = await open('old');
    await openAuditLog({ database }).record([asked()]);
    expect((await verified('old'))[0]).toMatchObject({ entries: 6 });
    await expect(purgeAudit(database, 364 * dayMs)).rejects.toThrow('kept for 365 days at least');
    expect(await purgeAudit(database, 400 * dayMs)).toBeGreaterThan(1);
    expect((await collected(everyAudit(database, {}))).map(({ seq }) => seq)).toEqual([4, 5, 6]);
    const [whole] = await verified('old');
    expect(whole).toMatchObject({ entries: 3 });
    expect(whole).not.toHaveProperty('broken');
    expect(await purgeAudit(database, 400 * dayMs)).toBe(0);
    await tamper('delete from old.audit_log where seq = 4');
    expect((await verified('old'))[0]?.broken).toEqual({ seq: 4, fault: 'beginning-missing' });
  });

  test('is believed by a verification of the last days only, which sees what is new', async () => {
    const database = await open('old');
    expect(await anchorAudit(database)).toMatchObject({ seq: 6 });
    expect(await anchorAudit(database)).toBeUndefined();
    const now = new Date(Date.now() + 1_000).toISOString();
    await openAuditLog({ database }).record([asked(), asked()]);
    expect(await verifyOwnAudit(database, { schema: 'old', since: now })).toMatchObject({ entries: 2, head: { seq: 8 } });
    await tamper(`update old.audit_log set reason = 'other' where seq = 7`);
    expect(await verifyOwnAudit(database, { schema: 'old', since: now })).toMatchObject({ broken: { seq: 7, fault: 'changed' } });
  });
});

describe('a broken log', () => {
  test('is put aside as the runbook says, and a new one begins', async () => {
    const text = await readFile(new URL('../../../docs/runbooks/audit-broken.md', import.meta.url), 'utf8');
    const [, sql = ''] = /```sql\n(.*?)```/s.exec(text) ?? [];
    const database = await open('aside');
    const log = openAuditLog({ database });
    await log.record([asked(), asked()]);
    await admin.query(sql.replaceAll('orders', 'aside'));
    await expect(log.record([asked()])).rejects.toThrow('aside.audit_head');
    await provision({ adminUrl: server.url, secret: 's', tenancies: [tenancyOf('aside')] });
    expect(await log.record([asked()])).toEqual([1]);
    expect((await verified('aside'))[0]).toMatchObject({ entries: 1 });
    expect((await admin.query('select seq from aside_audit_2026_11.audit_log order by seq')).rows).toEqual([{ seq: '1' }, { seq: '2' }]);
    await expect(database.query('select 1 from aside_audit_2026_11.audit_log')).rejects.toThrow('permission denied');
  });
});

describe('while the database is away', () => {
  test('nothing is recorded, and whoever asks is told so; what has happened is written when it is back', async () => {
    const database = await open('away');
    let gone = true;
    const flaky: Pick<Database, 'query'> = {
      query: (sql, parameters) =>
        gone ? Promise.reject(Object.assign(new Error('gone'), { code: 'ECONNREFUSED' })) : database.query(sql, parameters),
    };
    const lost: NewAuditEntry[] = [];
    const log = openAuditLog({ database: flaky, retryMs: 5, lost: (entry) => lost.push(entry) });
    await expect(log.record([asked()])).rejects.toMatchObject({ kind: 'unavailable', code: 'audit.not-recorded' });
    log.follow(asked({ outcome: 'done', correlationId: 'later' }));
    gone = false;
    await eventually(async () => {
      expect((await listAudit(database, {}, { order: 'newest-first', limit: 9 })).map((entry) => entry.correlationId)).toEqual(['later']);
    });
    gone = true;
    log.follow(asked({ correlationId: 'never' }));
    await log.stop();
    expect(lost.map(({ correlationId }) => correlationId)).toEqual(['never']);
  });
});
