import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { anchorAudit, openAuditLog, openDatabase, provision } from '@orderbus/outbox';
import { type TestDatabase, testDatabase } from '@orderbus/testkit';

const command = fileURLToPath(new URL('../../../deploy/setup/src/verify-audit/main.ts', import.meta.url));
const schemas = ['audit_one', 'audit_two'];

let server: TestDatabase;
let urls: Record<string, string>;
beforeAll(async () => {
  server = await testDatabase();
  urls = await provision({
    adminUrl: server.url,
    secret: 'test',
    tenancies: schemas.map((schema) => ({ schema, role: `orderbus_${schema}` })),
  });
});
afterAll(() => server.drop());

const verify = (environment: Record<string, string>, ...args: readonly string[]) =>
  new Promise<{ code: unknown; out: string; err: string }>((resolve) => {
    execFile(process.execPath, [command, ...args], { env: environment }, (error, out, err) =>
      resolve({ code: error?.code ?? 0, out, err }),
    );
  });

const database = async (schema: string, url = urls[schema] as string) => {
  const opened = openDatabase({ url, schema, entities: [], migrations: [] });
  await opened.start();
  return opened;
};

describe('npm run audit:verify', () => {
  test('says of each log what is in it, and with 1 and the first broken entry when somebody has laid hands on it', async () => {
    const entry = { actor: { id: 'person:ada', name: 'Ada' }, action: 'x', outcome: 'done', correlationId: 'c' } as const;
    const one = await database('audit_one');
    await openAuditLog({ database: one }).record([entry, entry, { ...entry, outcome: 'asked' }]);
    const anchor = await anchorAudit(one);
    await one.stop();

    const whole = await verify({ ADMIN_DATABASE_URL: server.url });
    const [first, second] = whole.out.split('\n');
    expect([whole.code, first]).toEqual([
      0,
      `audit_one: 3 entries, as they were written; the last is 3, ${anchor?.hash}; asked, and not answered: 3`,
    ]);
    expect(second).toMatch(/^audit_two: 0 entries, as they were written; the last is 0, [0-9a-f]{64}$/);

    const admin = await database('audit_one', server.url);
    await admin.transaction(async (tx) => {
      await tx.query('set local session_replication_role = replica');
      await tx.query('truncate audit_anchor');
      await tx.query('delete from audit_log where seq = 3');
      await tx.query('update audit_head set seq = 2, hash = (select hash from audit_log where seq = 2)');
    });
    expect(await verify({ ADMIN_DATABASE_URL: server.url })).toMatchObject({ code: 0 });
    expect(await verify({ DATABASE_URL: urls.audit_one as string }, `--anchor=audit_one:3:${anchor?.hash}`)).toEqual({
      code: 1,
      out: 'audit_one: BROKEN at entry 3: end-missing. The 2 before it are as they were written\n',
      err: '',
    });
    await admin.stop();
  });

  test('does not pass over a log that it cannot see', async () => {
    expect(await verify({ DATABASE_URL: urls.audit_one as string }, 'audit_two')).toEqual({
      code: 1,
      out: '',
      err: 'audit_two: no audit log that this role may read\n',
    });
  });
});
