import { describe, expect, test } from '@jest/globals';
import { brokerPolicies } from '../src/broker-policies.ts';
import { judgeAudit } from '../src/doctor/checks/audit.ts';
import { judgeBroker } from '../src/doctor/checks/broker.ts';
import { judgeClocks } from '../src/doctor/checks/clocks.ts';
import { judgeDatabase } from '../src/doctor/checks/database.ts';
import { judgeDisk } from '../src/doctor/checks/disk.ts';
import { judgeKeys, type KeyFacts } from '../src/doctor/checks/keys.ts';
import { judgeLag, type LagFacts } from '../src/doctor/checks/lag.ts';
import { judgeMigrations } from '../src/doctor/checks/migrations.ts';
import { judgeQueues } from '../src/doctor/checks/queues.ts';
import { judgeServices } from '../src/doctor/checks/services.ts';
import { settings } from '../src/doctor/checks/settings.ts';
import { judgeTaken } from '../src/doctor/checks/taken.ts';
import { judgeTokens } from '../src/doctor/checks/tokens.ts';
import { exitCodeOf, type Finding } from '../src/doctor/finding.ts';
import { asJson, inWords, placeOfService } from '../src/doctor/index.ts';
import type { Place, Visit } from '../src/doctor/visit.ts';

/** In few words: the verdict, what it is about, and the beginning of what is said. */
const said = (findings: readonly Finding[]): string[] => findings.map(({ verdict, about, says }) => `${verdict} ${about}: ${says}`);
const verdicts = (findings: readonly Finding[]): string => findings.map(({ verdict }) => verdict).join(' ');

describe('settings', () => {
  const examine = (environment: Record<string, string>) => {
    const place = placeOfService('billing', environment) as Place;
    return settings.examine({ place } as Visit);
  };
  const enough = { DATABASE_URL: 'postgres://b:x@h/d', BROKER_URL: 'amqp://h', ACCESS_URL: 'http://a' };

  test('are read by the schema of the service; each mistake has its name, and none its value', async () => {
    expect(verdicts(await examine(enough))).toBe('ok');
    const findings = await examine({ ...enough, BATCH_SIZE: 'canary-many', ACCESS_URL: '' });
    expect(said(findings).join()).toMatch(/fail billing: ACCESS_URL: .*fail billing: BATCH_SIZE: /);
    expect(JSON.stringify(findings)).not.toContain('canary');
  });

  test('that nobody reads are named when they look like ours', async () => {
    const findings = await examine({ ...enough, BATCH_SICE: '3', PATH: '/bin', AMAZON_GATEWAY_SERVICE_HOST: '10.0.0.1' });
    expect(said(findings)).toEqual(['warn billing: BATCH_SICE is set, and nobody reads it']);
  });
});

describe('the database', () => {
  const server = { version: 170_002, versionText: '17.2', encoding: 'UTF8', timeZone: 'UTC', maxConnections: 100, usedConnections: 20 };
  const role = { connectionLimit: 25, connections: 4, idleInTransactionSeconds: 0, xminAge: 3, deadOutboxRows: 10 };
  const judge = (changes: Partial<typeof server>, of: Partial<typeof role> = {}) =>
    judgeDatabase({ server: { ...server, ...changes }, schemas: [{ service: 'order', role: { ...role, ...of } }] });

  test('is right when it is of a version, an encoding and a size that will do', () => {
    expect(verdicts(judge({}))).toBe('ok ok');
    expect(said(judge({ version: 140_011, versionText: '14.11' }))[0]).toBe('fail PostgreSQL: 14.11 is too old');
    expect(verdicts(judge({ version: 190_000 }))).toBe('warn ok');
    expect(verdicts(judge({ encoding: 'SQL_ASCII', timeZone: 'Europe/Berlin', usedConnections: 95 }))).toBe('fail warn warn ok');
  });

  test('worries when a role is at its limit, a transaction does not end, or vacuum does not keep up', () => {
    const all = { connections: 24, idleInTransactionSeconds: 300, xminAge: 20_000_000, deadOutboxRows: 400_000 };
    expect(verdicts(judge({}, all))).toBe('ok warn warn warn warn');
    expect(verdicts(judge({}, { connectionLimit: -1, connections: 90 }))).toBe('ok ok');
  });

  test('that cannot be reached says why, and what to do about this reason', () => {
    const of = (code: string) => judgeDatabase({ schemas: [{ service: 'order', reason: 'no', code }] })[0];
    expect(of('28P01')).toMatchObject({ verdict: 'fail', todo: expect.stringMatching(/password.*run setup/) });
    expect(of('ECONNREFUSED')).toMatchObject({ verdict: 'fail', todo: expect.stringContaining('start the server') });
  });
});

test('migrations that are pending, or of a newer version, are named', () => {
  expect(said(judgeMigrations([{ service: 'order', wanted: ['A1', 'B2'], done: ['A1'] }]))).toEqual(['fail order: waits for B2']);
  expect(said(judgeMigrations([{ service: 'order', wanted: ['A1'], done: ['A1', 'C3'] }]))[0]).toMatch(/newer than this version: C3/);
  expect(verdicts(judgeMigrations([{ service: 'order', wanted: ['A1'], done: ['A1'] }]))).toBe('ok');
});

test('clocks may be apart by a second, and must not by five; how exactly that is known counts', () => {
  const of = (aheadMs: number, withinMs = 10) => verdicts(judgeClocks([{ whose: 'theirs', aheadMs, withinMs }]));
  expect([of(400), of(-1_500), of(2_000, 1_500), of(-6_000), of(5_600, 700)]).toEqual(['ok', 'warn', 'ok', 'fail', 'warn']);
});

describe('the broker', () => {
  const node = {
    ...{ name: 'rabbit@a', running: true, memoryAlarm: false, diskAlarm: false },
    ...{ diskFreeBytes: 9e9, diskLimitBytes: 5e7, plugins: ['rabbitmq_management'] },
  };
  const server = (changes: object, flags: { name: string; state: string; stability: string }[] = []) =>
    verdicts(judgeBroker({ services: [], server: { nodes: [{ ...node, ...changes }], featureFlags: flags } }));

  test('is right from 3.10 on, and worth an upgrade before 3.13', () => {
    const of = (version: string) => verdicts(judgeBroker({ services: [{ service: 'order', version }] }));
    expect([of('3.9.29'), of('3.10.8'), of('3.12.14'), of('3.13.0'), of('4.1.2')]).toEqual(['fail', 'warn', 'warn', 'ok', 'ok']);
  });

  test('that does not let a service in is told from one that is not there', () => {
    const of = (reason: string) => judgeBroker({ services: [{ service: 'order', reason }] })[0]?.todo;
    expect(of('Handshake terminated by server: 403 (ACCESS-REFUSED)')).toMatch(/password.*run setup/);
    expect(of('connect ECONNREFUSED 127.0.0.1:5672')).toMatch(/broker runs/);
  });

  test('says so when an alarm is on, its disk runs full, a node is down, or an upgrade would fail', () => {
    expect(server({})).toBe('ok');
    expect([server({ memoryAlarm: true }), server({ diskAlarm: true }), server({ running: false })]).toEqual(['fail', 'fail', 'fail']);
    expect(server({ diskFreeBytes: 8e7 })).toBe('warn');
    const off = { state: 'disabled', stability: 'stable' };
    expect(server({}, [{ name: 'quorum_queue', ...off }])).toBe('ok warn');
    expect(server({}, [{ name: 'khepri', ...off, stability: 'experimental' }])).toBe('ok');
  });
});

describe('queues', () => {
  const queue = { name: 'orderbus.order', type: 'quorum', arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': 20 } };
  const exchange = { name: 'orderbus.events', type: 'topic', arguments: {} };
  const binding = { source: 'orderbus.events', destination: 'orderbus.order', routingKey: 'order.created.v1' };
  const expected = { exchanges: [exchange], queues: [queue], bindings: [binding] };
  interface Policy {
    readonly name: string;
    readonly pattern: string;
    readonly definition: object;
  }
  const judge = (topology: Partial<typeof expected>, policies: readonly Policy[] = brokerPolicies) =>
    judgeQueues({
      services: [],
      depths: {},
      whole: { expected, found: { topology: { ...expected, ...topology }, policies: policies as never } },
    });

  test('that are missing are named, with setup as the remedy', () => {
    const [finding] = judgeQueues({ services: [{ service: 'order', missing: ['orderbus.order.retry.5000'] }], depths: {} });
    expect(finding).toMatchObject({
      verdict: 'fail',
      says: 'is missing orderbus.order.retry.5000',
      todo: expect.stringMatching(/^Run setup/),
    });
  });

  test('have the arguments and bindings with which they were declared', () => {
    expect(verdicts(judge({}))).toBe('ok');
    expect(said(judge({ queues: [{ ...queue, arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': 5 } }] }))).toEqual([
      'fail orderbus.order: is another queue than this version declares',
    ]);
    expect(said(judge({ bindings: [] }))).toEqual(['fail orderbus.order: does not get order.created.v1 from orderbus.events']);
  });

  test('are looked at closely when a policy of somebody else applies to them', () => {
    const policy = { name: 'short', definition: { 'max-length': 10 } };
    expect(said(judge({}, [...brokerPolicies, { ...policy, pattern: '^orderbus' }]))).toEqual([
      'warn policy short: applies to our queues (^orderbus) instead of ours: max-length',
    ]);
    expect(verdicts(judge({}, [...brokerPolicies, { ...policy, pattern: '^somebody' }]))).toBe('ok');
  });

  test('have the policies that setup gives them', () => {
    const [first, second] = brokerPolicies;
    expect(judge({}, [{ ...first, definition: { 'max-length': 5 } } as Policy])).toMatchObject([
      {
        verdict: 'warn',
        about: 'policy orderbus',
        says: expect.stringContaining('another one'),
        todo: expect.stringContaining('Run setup'),
      },
      { verdict: 'warn', about: `policy ${second?.name}`, says: 'is missing' },
    ]);
  });

  test('that are long, parked or unrouted are told', () => {
    const depths = { 'orderbus.order': 20_000, 'orderbus.order.parked': 1, 'orderbus.unrouted': 3, 'orderbus.billing': 40 };
    expect(verdicts(judgeQueues({ services: [], depths }))).toBe('fail warn warn');
  });
});

describe('data keys', () => {
  const order: KeyFacts = { service: 'order', ring: 'buyers', given: ['k2', 'k1'], needed: ['k1', 'k2'], fingerprint: 'f', opened: 3 };
  const judge = (...facts: Partial<KeyFacts>[]) => judgeKeys(facts.map((changes) => ({ ...order, ...changes })));

  test('are all there, the newest seals, and they open what is there', () => {
    expect(said(judge({}))).toEqual(['ok order: seals with k2; has all of k1, k2 that are needed; 3 samples open']);
    expect(said(judge({ given: ['k2'] }))).toEqual(['fail order: lacks k1, with which something there is sealed']);
    expect(verdicts(judge({ given: undefined } as never))).toBe('fail');
    expect(verdicts(judge({ given: ['k1', 'k2'] }))).toBe('warn');
    expect(said(judge({ unopened: 'buyer_vault.sealed, sealed with k1 (sealing.broken)' }))[0]).toMatch(
      /right name that does not open: buyer_vault/,
    );
  });

  test('are the same for all who share them', () => {
    expect(verdicts(judge({}, { service: 'amazon-gateway', fingerprint: 'another' }))).toBe('fail fail');
    expect(verdicts(judge({}, { service: 'access', ring: 'access', fingerprint: 'another' }))).toBe('ok ok');
  });
});

test('tokens are signed by a key that is not too old, and access knows each service', () => {
  const now = '2026-06-01T00:00:00Z';
  const judge = (signsSince: string | undefined, isKnown?: boolean) =>
    verdicts(
      judgeTokens({ signsSince, unseen: false, now, callers: [{ service: 'order', ...(isKnown === undefined ? {} : { isKnown }) }] }),
    );
  expect([judge('2026-05-01T00:00:00Z', true), judge('2026-05-01T00:00:00Z', false)]).toEqual(['ok ok', 'ok fail']);
  expect([judge(undefined), judge('2026-01-01T00:00:00Z')]).toEqual(['fail', 'warn']);
});

test('an audit log that cannot be read, a full disk, and services that are away or of another version are told', () => {
  expect(
    verdicts(
      judgeAudit([
        { service: 'order', head: { seq: 4 } },
        { service: 'billing', reason: 'permission denied' },
      ]),
    ),
  ).toBe('ok fail');
  const disk = (freeBytes: number) => verdicts(judgeDisk([{ folder: '/data', freeBytes, totalBytes: 100e9 }]));
  expect([disk(50e9), disk(5e9), disk(0.5e9)]).toEqual(['ok', 'warn', 'fail']);
  const of = (facts: object) => said(judgeServices([{ service: 'order', url: 'http://o', ...facts }], '1.2.0'))[0];
  expect(of({ status: 200, version: '1.2.0' })).toBe('ok order: is ready, version 1.2.0');
  expect(of({ status: 200, version: '1.1.0' })).toBe('warn order: is version 1.1.0, this is 1.2.0');
  expect(of({ status: 503, detail: 'Failing: database' })).toBe('fail order: is not ready: Failing: database');
  expect(of({ reason: 'connect ECONNREFUSED' })).toMatch(/^fail order: does not answer at http:\/\/o/);
});

describe('lag', () => {
  const quiet = { service: 'order', pending: 0, oldestAgeSeconds: 0, deadLetters: 0 };
  const store = { storeId: 'main', status: 'active', readOnly: false, secondsBehind: 100, lastErrorCode: null } as const;
  const amazon = (changes: Partial<LagFacts['amazon']>) =>
    verdicts(judgeLag({ services: [], amazon: { stores: [store], writes: [], stalledAfterMs: 1_800_000, ...changes } as never }));

  test('of an outbox counts by the age of the oldest event', () => {
    const of = (changes: Partial<typeof quiet>) => verdicts(judgeLag({ services: [{ ...quiet, ...changes }] }));
    expect([of({}), of({ pending: 900, oldestAgeSeconds: 2 })]).toEqual(['ok', 'ok']);
    expect([of({ pending: 1, oldestAgeSeconds: 30 }), of({ pending: 1, oldestAgeSeconds: 90 })]).toEqual(['warn', 'fail']);
    expect(of({ deadLetters: 2 })).toBe('warn');
  });

  test('of a store counts until it is stalled; paused and read-only ones are told', () => {
    expect(amazon({})).toBe('ok ok');
    expect(amazon({ stores: [{ ...store, secondsBehind: 2_000 }] })).toBe('fail ok');
    expect(amazon({ stores: [{ ...store, readOnly: true }] })).toBe('warn ok');
    expect(amazon({ stores: [{ ...store, status: 'paused' }] })).toBe('warn ok');
  });

  test('of writes counts when nobody knows for an hour what became of one', () => {
    expect(amazon({ writes: [{ state: 'unknown', count: 1, oldestAgeSeconds: 60 }] })).toBe('ok ok');
    expect(amazon({ writes: [{ state: 'unknown', count: 1, oldestAgeSeconds: 4_000 }] })).toBe('ok warn');
  });
});

describe('the report', () => {
  const fine: Finding = { verdict: 'ok', about: 'order', says: 'can be read' };
  const bad: Finding = { verdict: 'fail', about: 'order', says: 'is missing a queue', todo: 'Run setup' };

  test('says what is right once, what is not with what to do, and how it stands by its exit code', () => {
    const words = inWords('Here', [
      { check: 'settings', findings: [fine, { ...fine, about: 'billing' }] },
      { check: 'queues', findings: [bad] },
    ]);
    expect(words).toMatch(/settings +OK +2 of them +can be read\n/);
    expect(words).toMatch(/queues +FAIL +order +is missing a queue\n +→ Run setup\n\n1 do not work, 0 to look at\.\n$/);
    expect([[], [fine], [fine, { ...bad, verdict: 'warn' as const }], [bad]].map(exitCodeOf)).toEqual([0, 0, 1, 2]);
  });

  test('is there for programs, too', () => {
    expect(JSON.parse(asJson('Here', [{ check: 'queues', findings: [bad] }]))).toEqual({
      ...{ place: 'Here', exitCode: 2 },
      findings: [{ check: 'queues', ...bad }],
    });
  });
});

describe('events', () => {
  test('that somebody wanted and never took are counted by publisher, and nothing is said where not all logs can be seen', () => {
    expect(said(judgeTaken([]))).toEqual(['ok events of a day: were taken by everybody who wanted them']);
    const missing = { from: 'order', to: 'fulfillment', topic: 'order.created.v1', events: 3 };
    expect(said(judgeTaken([missing]))).toEqual(['warn fulfillment: has never taken 3 order.created.v1 of order']);
    expect(judgeTaken(undefined)).toEqual([]);
  });
});
