import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AppError } from '@orderbus/kernel';
import { type Database, openDatabase } from '@orderbus/outbox';
import { eventually, type Harness, serviceHarness, type TestCaller } from '@orderbus/testkit';
import { type Network, openNetwork } from '@orderbus/testkit/tcp-proxy';
import { z } from 'zod';
import { demand } from '../src/access/caller.ts';
import { named } from '../src/access/rule.ts';
import { parseConfig } from '../src/config.ts';
import { media, noContent, raw } from '../src/http/reply.ts';
import { type Route, route } from '../src/http/route.ts';
import { buildService, type Service } from '../src/service/build-service.ts';
import { ServiceConfig } from '../src/service/settings.ts';

let harness: Harness<Service>;
let network: Network;
let admin: Database;
let work: (reason: string | undefined) => Promise<void> = async () => {};
let worked = 0;

const changing = { access: { needs: 'operate', store: named('tenant') }, summary: 'Changes it', tags: [] } as const;

const Change = z.strictObject({
  reason: z.string().optional(),
  orderIds: z.array(z.string()).optional(),
  clientId: z.string().optional(),
  contactId: z.string().optional(),
  recipient: z.object({ name: z.string() }).optional(),
});

const routes: readonly Route[] = [
  route({
    ...changing,
    ...{ method: 'post', path: '/stores/:tenant/things/:id/change' },
    body: Change,
    responses: { 204: noContent },
    handle: async ({ body }) => {
      await work(body.reason);
      worked++;
    },
  }),
  route({ ...changing, ...{ method: 'get', path: '/stores/:tenant' }, responses: { 200: z.object({}) }, handle: () => ({}) }),
  route({
    ...changing,
    ...{ method: 'get', path: '/labels/:orderId', access: { needs: ['read', 'see-buyer-data'], store: () => 'store-1' } },
    query: z.object({ purpose: z.string() }),
    responses: { 200: media('text/plain') },
    handle: () => raw('text/plain', 'To: Bo Canary'),
  }),
  route({
    ...changing,
    ...{ method: 'delete', path: '/orders/:orderId', access: { needs: 'operate', store: () => 'store-2' } },
    responses: { 204: noContent },
    handle: ({ caller }) => demand(caller, 'refund'),
  }),
];

beforeAll(async () => {
  network = await openNetwork(process.env.TEST_DATABASE_URL as string);
  const through = (url: string): string => Object.assign(new URL(url), { host: new URL(network.url).host }).href;
  harness = await serviceHarness({
    schema: 'audited',
    build: ({ DATABASE_URL, ...urls }) =>
      buildService(
        { ...{ name: 'audited', description: 'A sample.', schema: 'audited' }, ...nothing, routes: () => routes },
        parseConfig(ServiceConfig, { ...urls, DATABASE_URL: through(DATABASE_URL), LOG_LEVEL: 'silent', RATE_LIMIT_PER_MINUTE: '300' }),
      ),
  });
  admin = openDatabase({ url: harness.adminUrl, schema: 'audited', entities: [], migrations: [] });
  await admin.start();
});
afterAll(async () => {
  await admin.stop();
  await harness.stop();
  await network.close();
});
const nothing = { entities: [], migrations: [], subscriptions: [] };

const path = (id: string, store = 'store-1') => `/stores/${store}/things/${id}/change`;

interface Line {
  readonly [column: string]: unknown;
}

/** What stands in the table about this, oldest first. */
const entriesAbout = (subject: string): Promise<Line[]> =>
  admin.query('select * from audit_log where subjects @> array[$1] order by seq', [subject]);

const outcomesOf = async (subject: string) => (await entriesAbout(subject)).map(({ outcome, status }) => [outcome, status]);

describe('a request that changes something', () => {
  test('is on record before its work is done, and again with what became of it', async () => {
    let before: unknown;
    work = async () => {
      before = await outcomesOf('thing:1');
    };
    const { status } = await harness.send('POST', path('1'), { reason: 'a wish', orderIds: ['7', '8'] });
    expect([status, before]).toEqual([204, [['asked', null]]]);
    await eventually(async () => expect(await entriesAbout('thing:1')).toHaveLength(2));
    const [asked, done] = await entriesAbout('thing:1');
    expect(asked).toMatchObject({
      actor: expect.stringMatching(/^person:/),
      actor_name: 'Mara',
      on_behalf_of: null,
      action: 'postStoresByTenantThingsByIdChange',
      subjects: ['store:store-1', 'thing:1', 'order:7', 'order:8'],
      tenant: 'store-1',
      reason: 'a wish',
      fields: ['reason', 'orderIds'],
      correlation_id: expect.stringMatching(/./),
      address: expect.stringContaining('127.0.0.1'),
    });
    expect(done).toMatchObject({
      outcome: 'done',
      status: 204,
      answers: asked?.seq,
      correlation_id: asked?.correlation_id,
      reason: 'a wish',
    });
    work = async () => {};
  });

  test.each([
    ['refused', 409, new AppError('conflict', 'thing.taken')],
    ['failed', 500, new TypeError('a mistake of ours')],
    ['failed', 503, new AppError('unavailable', 'thing.away')],
  ])('says that it was %s with %i', async (outcome, status, error) => {
    work = () => Promise.reject(error);
    expect(await harness.send('POST', path(`e${status}`), {})).toMatchObject({ status });
    await eventually(async () =>
      expect(await outcomesOf(`thing:e${status}`)).toEqual([
        ['asked', null],
        [outcome, status],
      ]),
    );
    work = async () => {};
  });

  test('that is broken off stays without an answer', async () => {
    const held = Promise.withResolvers<void>();
    work = () => held.promise;
    const sending = harness.send('POST', path('crash'), {});
    await eventually(async () => expect(await outcomesOf('thing:crash')).toEqual([['asked', null]]));
    const [asked] = await entriesAbout('thing:crash');
    expect((await harness.get('/audit/verification')).body.unanswered).toContain(Number(asked?.seq));
    held.resolve();
    await sending;
    work = async () => {};
    await eventually(async () => expect((await harness.get('/audit/verification')).body.unanswered).toEqual([]));
  });

  test('and is not understood is on record once, as refused', async () => {
    await harness.send('POST', path('odd'), { unheardOf: 1 });
    await harness.fetch(path('odd'), { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } });
    expect(await outcomesOf('thing:odd')).toEqual([
      ['refused', 400],
      ['refused', 400],
    ]);
  });

  test('and was answered before is on record again, without any work', async () => {
    const before = worked;
    const init = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json', 'idempotency-key': 'once' } };
    for (let n = 0; n < 2; n++) expect((await harness.fetch(path('again'), init)).status).toBe(204);
    expect(worked).toBe(before + 1);
    await eventually(async () =>
      expect((await outcomesOf('thing:again')).map(String).toSorted()).toEqual(['asked,', 'done,204', 'done,204']),
    );
  });

  test('says for whom a service asks', async () => {
    const billing = harness.as({ id: 'service:billing', name: 'billing' });
    await billing.fetch(path('2'), {
      ...{ method: 'POST', body: '{}' },
      headers: { 'content-type': 'application/json', 'x-on-behalf-of': encodeURIComponent('Zoë "B"\n') },
    });
    expect(await entriesAbout('thing:2')).toEqual([]);
    await billing.fetch(path('2'), {
      ...{ method: 'POST', body: '{}' },
      headers: { 'content-type': 'application/json', 'x-on-behalf-of': encodeURIComponent('Zoë "B"') },
    });
    expect((await entriesAbout('thing:2'))[0]).toMatchObject({ actor: 'service:billing', on_behalf_of: 'Zoë "B"' });
  });

  test('leaves ids and names of fields, never what is in them', async () => {
    const body = { recipient: { name: 'Bo Canary' }, clientId: 'canary-client', contactId: 'bo.canary@example.test', orderIds: ['9'] };
    await harness.send('POST', path('3'), body);
    const entries = await entriesAbout('thing:3');
    expect(entries[0]).toMatchObject({
      subjects: ['store:store-1', 'thing:3', 'order:9'],
      fields: ['orderIds', 'clientId', 'contactId', 'recipient'],
    });
    expect(JSON.stringify(entries)).not.toMatch(/canary/i);
  });
});

describe('a request that reads', () => {
  test('leaves no trace, unless it shows buyers', async () => {
    await harness.get('/stores/store-9');
    expect(await entriesAbout('store:store-9')).toEqual([]);
    await harness.get('/labels/11?purpose=shipping-label');
    await eventually(async () =>
      expect(await outcomesOf('order:11')).toEqual([
        ['asked', null],
        ['done', 200],
      ]),
    );
    expect((await entriesAbout('order:11'))[0]).toMatchObject({ reason: 'shipping-label', tenant: 'store-1' });
  });
});

describe('what is denied', () => {
  const limited: TestCaller = { name: 'Linus', permissions: ['read', 'operate'], stores: ['store-1'] };

  test.each([
    ['a permission that he does not have', 'GET', '/labels/21?purpose=x', 'order:21', 403],
    ['a store that is not his', 'POST', path('21', 'store-2'), 'thing:21', 403],
    ['a list of a store that is not his', 'GET', '/stores/store-7', 'store:store-7', 403],
    ['what belongs to another store, and is not there for him', 'DELETE', '/orders/22', 'order:22', 404],
  ] as const)('to somebody who is known, %s, is on record', async (_, method, where, subject, status) => {
    const api = harness.as(limited);
    expect(await (method === 'GET' ? api.get(where) : api.send(method, where, {}))).toMatchObject({ status });
    const [entry, ...more] = await entriesAbout(subject);
    expect(entry).toMatchObject({ outcome: 'denied', status, actor_name: 'Linus' });
    expect(more).toEqual([]);
  });

  test('in the middle of the work is on record as denied', async () => {
    await harness.as({ permissions: ['operate'] }).send('DELETE', '/orders/23');
    await eventually(async () =>
      expect(await outcomesOf('order:23')).toEqual([
        ['asked', null],
        ['denied', 403],
      ]),
    );
  });

  test('to somebody who is not known is counted, and not stored: nobody can fill the log with nothing', async () => {
    const count = async () => admin.query('select count(*)::int as count from audit_log');
    const before = await count();
    const answer = await harness.fetch(path('31'), { method: 'POST', headers: { authorization: 'Bearer nonsense' } });
    expect([answer.status, await count()]).toEqual([401, before]);
    const { body } = await harness.get('/metrics');
    expect(body).toMatch(/^http_request_duration_seconds_count\{[^}]*method="POST",status="401"[^}]*\} 1$/m);
  });

  test('for asking too often is not stored either', async () => {
    const hasty = harness.as({ id: 'key:hasty', name: 'hasty', permissions: ['operate'] });
    const statuses = await Promise.all(Array.from({ length: 320 }, async () => (await hasty.send('DELETE', '/orders/hasty')).status));
    expect(new Set(statuses)).toEqual(new Set([403, 429]));
    const stored = await outcomesOf('order:hasty');
    expect(stored.filter(([, status]) => status === 429)).toEqual([]);
  });
});

describe('while the log cannot be written', () => {
  test('nothing is done, and whoever asks is told to come again', async () => {
    const before = worked;
    await network.cut();
    const answer = await harness.fetch(path('41'), { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
    expect([answer.status, answer.headers.get('retry-after'), await answer.json()]).toEqual([
      ...[503, '5', expect.objectContaining({ code: 'audit.not-recorded' })],
    ]);
    expect((await harness.as({ permissions: [] }).send('POST', path('41'), {})).status).toBe(503);
    expect(worked).toBe(before);
    await network.restore();
    await eventually(async () => expect((await harness.send('POST', path('42'), {})).status).toBe(204));
    expect(await entriesAbout('thing:41')).toEqual([]);
  });

  test('what was asked before is answered, and its outcome is written when the log is back', async () => {
    work = () => network.cut();
    expect((await harness.send('POST', path('43'), {})).status).toBe(204);
    work = async () => {};
    await network.restore();
    await eventually(async () =>
      expect(await outcomesOf('thing:43')).toEqual([
        ['asked', null],
        ['done', 204],
      ]),
    );
  });
});

describe('whoever manages access', () => {
  const csvReason = '=HYPERLINK("http://127.0.0.1","x")\r\nforged,line';

  test('reads the log page by page, by all that it says', async () => {
    await harness.send('POST', path('51'), { reason: csvReason });
    await eventually(async () => expect(await entriesAbout('thing:51')).toHaveLength(2));
    const first = (await harness.get('/audit?subject=thing:51&limit=1')).body;
    expect(first.items).toMatchObject([{ outcome: 'done', status: 204, tenant: 'store-1', fields: ['reason'] }]);
    const second = (await harness.get(`/audit?subject=thing:51&limit=1&cursor=${first.nextCursor}`)).body;
    expect(second).toEqual({ items: [expect.objectContaining({ outcome: 'asked', seq: first.items[0].answers })] });
    expect((await harness.get('/audit?subject=thing:51&outcome=asked&name=Mara&tenant=store-1')).body.items).toHaveLength(1);
    expect((await harness.get('/audit?subject=thing:51&tenant=store-2')).body.items).toEqual([]);
  });

  test('takes it along as a file: each entry one line, and none of it a formula', async () => {
    const csv: string = (await harness.get('/audit/export?subject=thing:51')).body;
    const lines = csv.split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^seq,at,actor,actorName,/);
    expect(lines[1]).toContain(`"'=HYPERLINK(""http://127.0.0.1"",""x"")  forged,line"`);
    const ndjson = await harness.fetch('/audit/export?format=ndjson&action=postStoresByTenantThingsByIdChange');
    expect(ndjson.headers.get('content-disposition')).toBe('attachment; filename="audit-audited.ndjson"');
    const entries = (await ndjson.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(entries.length).toBeGreaterThan(10);
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map(({ seq }) => seq).toSorted((a, b) => a - b));
  });

  test('sees of it what belongs to his stores, and nobody else sees anything', async () => {
    const own = harness.as({ permissions: ['manage-access'], stores: ['store-2'] });
    const { items } = (await own.get('/audit?limit=200')).body;
    expect(new Set(items.map(({ tenant }: { tenant: string }) => tenant))).toEqual(new Set(['store-2']));
    const file = await (await own.fetch('/audit/export?format=ndjson')).text();
    expect(new Set([...file.matchAll(/"tenant":"?([\w-]+)/g)].map(([, tenant]) => tenant))).toEqual(new Set(['store-2']));
    expect((await own.get('/audit/verification')).status).toBe(403);
    const others = harness.as({ permissions: ['read', 'operate', 'bill', 'books', 'administer', 'see-buyer-data', 'refund'] });
    for (const where of ['/audit', '/audit/export', '/audit/verification'])
      expect([where, (await others.get(where)).status]).toEqual([where, 403]);
  });

  test('learns that somebody has laid hands on it', async () => {
    expect((await harness.get('/audit/verification')).body).not.toHaveProperty('broken');
    expect((await harness.get('/metrics')).body).toMatch(/^audit_broken\{[^}]*\} 0$/m);
    await admin.transaction(async (tx) => {
      await tx.query('set local session_replication_role = replica');
      await tx.query(`update audit_log set actor_name = 'Somebody' where seq = 2`);
    });
    expect((await harness.get('/audit/verification')).body).toMatchObject({ entries: 1, broken: { seq: 2, fault: 'changed' } });
    const again = await harness.another();
    await eventually(async () => expect(await (await fetch(`${again.url}/metrics`)).text()).toMatch(/^audit_broken\{[^}]*\} 1$/m));
  });
});

test('the log is kept for a year at least', () => {
  const urls = { ...harness.urls, LOG_LEVEL: 'silent' };
  expect(parseConfig(ServiceConfig, urls).AUDIT_KEPT).toBe(400 * 86_400_000);
  expect(() => parseConfig(ServiceConfig, { ...urls, AUDIT_KEPT: '364d' })).toThrow('AUDIT_KEPT: A year at least: 365d');
});
