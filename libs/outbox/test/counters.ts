import { randomUUID } from 'node:crypto';
import { accept, defineEvent, type Event, refuse } from '@orderbus/contracts';
import { systemClock } from '@orderbus/kernel';
import type { Delivery } from '@orderbus/messaging';
import { testDatabase } from '@orderbus/testkit';
import { EntitySchema, type MigrationInterface, type QueryRunner } from 'typeorm';
import { z } from 'zod';
import {
  aggregates,
  batchHandler,
  type Database,
  type DatabaseOptions,
  type Execution,
  type Observer,
  on,
  openDatabase,
  provision,
  silent,
} from '../src/index.ts';

/** A service as small as can be: it adds up what it hears about a thing, and says the sum. */
export const Counted = defineEvent(
  'test.counted',
  1,
  z.object({ amount: z.int(), effect: z.enum(['add', 'throw', 'early', 'forbidden', 'nothing']).default('add') }),
);
export const Summed = defineEvent('test.summed', 1, z.object({ total: z.int(), note: z.string().optional() }));

interface Counter {
  id: string;
  tenant: string;
  version: number;
  total: number;
}

const CounterEntity = new EntitySchema<Counter>({
  name: 'counter',
  columns: { id: { type: 'uuid', primary: true }, tenant: { type: 'text' }, version: { type: 'int' }, total: { type: 'int' } },
});

class Counters1700000000001 implements MigrationInterface {
  name = 'Counters1700000000001';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table counter (id uuid primary key, tenant text not null, version int not null, total int not null)');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table counter');
  }
}

type Add = z.infer<typeof Counted.schema>;

export const counters = aggregates<Counter, Add>({
  name: 'counters',
  entity: CounterEntity,
  decide: (state, { amount, effect }) => {
    if (effect === 'throw') throw new TypeError('this one is poison');
    if (effect === 'early') return state ? accept({ total: state.total + amount }) : refuse('too-early', 'no counter yet');
    if (effect === 'forbidden') return refuse('not-allowed', 'never');
    if (effect === 'nothing') return refuse('already-done');
    const total = (state?.total ?? 0) + amount;
    return accept({ total }, Summed.of({ total }));
  },
});

export const subscription = on(Counted, 'test.count', counters, { key: (event) => event.aggregateId, command: (event) => event.data });

export const openCounters = (url: string, options: Pick<DatabaseOptions, 'migrate' | 'log'> = {}): Database =>
  openDatabase({ url, schema: 'counting', entities: [CounterEntity as never], migrations: [Counters1700000000001], ...options });

export interface CountingService {
  readonly database: Database;
  readonly execution: Execution;
  readonly url: string;
  readonly adminUrl: string;
  handle: ReturnType<typeof batchHandler>;
  total(id: string): Promise<number | undefined>;
  summed(id: string): Promise<{ version: number; total: number }[]>;
  stop(): Promise<void>;
}

/** The service's database and handler, without a broker. */
export const countingService = async (observer: Observer = silent): Promise<CountingService> => {
  const server = await testDatabase();
  const urls = await provision({ adminUrl: server.url, secret: 'test', tenancies: [{ schema: 'counting', role: 'orderbus_counting' }] });
  const url = urls.counting as string;
  const database = openCounters(url);
  await database.start();
  return {
    database,
    execution: { database, clock: systemClock, committed: () => {} },
    url,
    adminUrl: server.url,
    handle: batchHandler({ database, subscriptions: [subscription], clock: systemClock, observer, committed: () => {} }),
    total: async (id) => (await database.query<{ total: number }>('select total from counter where id = $1', [id]))[0]?.total,
    summed: (id) =>
      database.query(
        `select aggregate_version as version, (data->>'total')::int as total from event_log where aggregate_id = $1 order by seq`,
        [id],
      ),
    stop: async () => {
      await database.stop();
      await server.drop();
    },
  };
};

type Overrides = Partial<Event> & { data?: Partial<Add> };

export const counted = (aggregateId: string, overrides: Overrides = {}): Event => ({
  id: randomUUID(),
  type: Counted.type,
  version: Counted.version,
  aggregateId,
  aggregateVersion: 1,
  tenant: 'store-1',
  occurredAt: '2026-11-23T10:00:00.000Z',
  correlationId: 'first-cause',
  ...overrides,
  data: { amount: 1, effect: 'add', ...overrides.data },
});

export const delivered = (event: Event | string, overrides: Partial<Delivery> = {}): Delivery => ({
  id: typeof event === 'string' ? randomUUID() : event.id,
  topic: Counted.topic,
  key: typeof event === 'string' ? '' : event.aggregateId,
  body: Buffer.from(typeof event === 'string' ? event : JSON.stringify(event)),
  headers: {},
  attempt: 1,
  redelivered: false,
  ...overrides,
});
