import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CircuitClosed, CircuitOpened } from '@orderbus/contracts';
import { type Database, openDatabase, provision } from '@orderbus/outbox';
import { type TestDatabase, testDatabase } from '@orderbus/testkit';
import type { CircuitState } from '../src/breaker.ts';
import { createCircuits } from '../src/circuits.ts';
import { tellCircuits } from '../src/service/tell-circuits.ts';

let server: TestDatabase;
const databases: Database[] = [];
beforeAll(async () => {
  server = await testDatabase();
  const urls = await provision({ adminUrl: server.url, secret: 'test', tenancies: [{ schema: 'sample', role: 'orderbus_sample' }] });
  for (const _ of ['one', 'other']) {
    const database = openDatabase({ url: urls.sample as string, schema: 'sample', entities: [], migrations: [] });
    databases.push(database);
    await database.start();
  }
});
afterAll(async () => {
  for (const database of databases) await database.stop();
  await server.drop();
});

const time = { now: Date.parse('2026-03-01T10:00:00Z') };
const clock = { now: () => new Date(time.now) };
const later = (seconds: number) => {
  time.now += seconds * 1_000;
};

/** A running instance of the service, with two circuits to the system. */
const instance = (system: string, database: Database) => {
  const circuits = createCircuits();
  const states: Record<'reads' | 'writes', CircuitState> = { reads: 'closed', writes: 'closed' };
  for (const name of ['reads', 'writes'] as const) {
    circuits.to(
      system,
      'main',
    )({
      name: `${system}.${name}`,
      get state() {
        return states[name];
      },
    });
  }
  const id = randomUUID();
  const execution = { database, clock, committed: () => {} };
  return { states, look: () => tellCircuits(execution, { service: 'sample', circuits, afterMs: 120_000 }, id) };
};
const [one, other] = [0, 1].map((n) => () => databases[n] as Database) as [() => Database, () => Database];

const told = async (system: string): Promise<string[]> => {
  const rows = await one().query<{ type: string; version: number; tenant: string; data: { circuits?: string[] } }>(
    `select type, aggregate_version as version, tenant, data from event_log where data ->> 'system' = $1 order by seq`,
    [system],
  );
  for (const { type, data } of rows) (type === CircuitOpened.type ? CircuitOpened : CircuitClosed).schema.parse(data);
  return rows.map(({ type, version, tenant, data }) =>
    `${type.split('_').at(-1)} v${version} ${tenant} ${data.circuits?.join(' ') ?? ''}`.trim(),
  );
};

describe('a circuit', () => {
  test('that opens for a moment tells nobody', async () => {
    const a = instance('blip', one());
    a.states.reads = 'open';
    await a.look();
    later(110);
    await a.look();
    a.states.reads = 'closed';
    later(20);
    await a.look();
    a.states.reads = 'open';
    await a.look();
    later(110);
    await a.look();
    expect(await told('blip')).toEqual([]);
  });

  test('that stays open tells once, with those that lead to the same system, and once more when all are closed', async () => {
    const a = instance('long', one());
    a.states.reads = 'open';
    await a.look();
    later(60);
    a.states.writes = 'open';
    await a.look();
    later(60);
    await a.look();
    await a.look();
    expect(await told('long')).toEqual(['opened v1 main long.reads long.writes']);
    a.states.reads = 'closed';
    a.states.writes = 'half-open';
    later(3_600);
    await a.look();
    expect(await told('long')).toHaveLength(1);
    a.states.writes = 'closed';
    await a.look();
    await a.look();
    expect(await told('long')).toEqual(['opened v1 main long.reads long.writes', 'closed v2 main']);
  });

  test('is told once by two instances that look at the same time, and over when neither has it open', async () => {
    const [a, b] = [instance('two', one()), instance('two', other())];
    a.states.reads = 'open';
    b.states.reads = 'open';
    const bothLook = () => Promise.all([a.look(), b.look()]);
    await bothLook();
    later(40);
    await bothLook();
    later(40);
    await bothLook();
    later(40);
    await bothLook();
    await bothLook();
    expect(await told('two')).toEqual(['opened v1 main two.reads']);
    a.states.reads = 'closed';
    await bothLook();
    expect(await told('two')).toHaveLength(1);
    b.states.reads = 'closed';
    await bothLook();
    expect(await told('two')).toEqual(['opened v1 main two.reads', 'closed v2 main']);
  });

  test('of an instance that has died is believed for a minute, so that a restart takes nothing back', async () => {
    const dead = instance('died', one());
    dead.states.reads = 'open';
    await dead.look();
    later(40);
    await dead.look();
    later(40);
    await dead.look();
    later(40);
    await dead.look();
    expect(await told('died')).toEqual(['opened v1 main died.reads']);
    const next = instance('died', other());
    later(50);
    await next.look();
    expect(await told('died')).toHaveLength(1);
    next.states.reads = 'open';
    await next.look();
    later(50);
    await next.look();
    expect(await told('died')).toHaveLength(1);
    later(61);
    await instance('died', other()).look();
    expect(await told('died')).toEqual(['opened v1 main died.reads', 'closed v2 main']);
  });
});
