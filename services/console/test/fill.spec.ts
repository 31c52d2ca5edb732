import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually } from '@orderbus/testkit';
import { isWhole, rebuildProgress } from '../src/rebuild/progress.ts';
import { owners } from '../src/services/owners.ts';
import { emptyReadModel, readModel } from '../src/store/read-model.ts';
import { fates, heardOf, lifeOf, type Told, troubles } from './a-shop.ts';
import { readModelOf } from './read-model-of.ts';
import { consoleWorld, type EventLogs, type World } from './world.ts';

const main = fileURLToPath(new URL('../src/rebuild/main.ts', import.meta.url));
const pageSize = 10;

let world: World;
let expected: Awaited<ReturnType<typeof readModelOf>>;
/** What was read: `order 20` is the page after 20. */
let reads: string[] = [];
/** Called before each page is told. */
let onRead: () => Promise<void> | 'away' | undefined = () => undefined;

const told: readonly Told[] = [
  ...fates.flatMap(
    (fate, n) =>
      lifeOf({
        ...{ fate, tenant: `store-${n % 2}`, country: 'DE', currency: 'EUR', totalMinor: 1_000 * n, units: n },
        purchasedAt: '2026-05-04T10:00:00.000Z',
      }).told,
  ),
  ...troubles('store-0'),
];

/** All that has happened stands in the log of the order service, that of the others is empty. */
const logs: EventLogs = async (owner, after) => {
  reads.push(`${owner} ${after}`);
  if ((await onRead()) === 'away') return { status: 503, page: {} };
  const all = owner === 'order' ? told : [];
  const items = all.slice(after, after + pageSize).map((one, n) => {
    const { traceparent: _, ...event } = one.event;
    return { ...event, recordedAt: heardOf(one).recordedAt, position: after + n + 1 };
  });
  return { status: 200, page: { items, upTo: after + items.length, last: all.length } };
};

const whole = (withinMs = 30_000) => eventually(async () => expect(await isWhole(world.app.database)).toBe(true), { withinMs });

/** As if there had never been a console. */
const forgetAll = () =>
  world.app.database.transaction(async (tx) => {
    await emptyReadModel(tx);
    await tx.query('delete from rebuild_part');
    await tx.query('update wholeness set whole_since = null');
  });

beforeAll(async () => {
  world = await consoleWorld({}, logs);
});
afterAll(() => world?.stop());

beforeEach(() => {
  reads = [];
  onRead = () => undefined;
});

describe('a console that comes to a shop that has run without it', () => {
  test('has what live hearing and a rebuild would have made', async () => {
    await whole();
    const filled = await readModelOf(world.app.database);
    const { database } = world.app;
    await database.transaction(async (tx) => {
      await emptyReadModel(tx);
      const items = told.map((one) => ({ key: one.event.id, command: heardOf(one), cause: { tenant: 'store-0', correlationId: 'c' } }));
      await readModel.run(tx, items);
    });
    expected = await readModelOf(database);
    expect(filled).toEqual(expected);
    expect((await world.get('/api/overview')).body).not.toHaveProperty('rebuilding');
  });

  test('says that it is incomplete until then, and tries again while a service is away', async () => {
    let isAway = true;
    onRead = () => (isAway && reads.at(-1) === 'order 20' ? 'away' : undefined);
    await forgetAll();
    await eventually(async () => expect(reads).toContain('order 20'));
    expect((await world.get('/api/overview')).body).toHaveProperty('rebuilding');
    isAway = false;
    await whole();
    expect(reads.filter((read) => read === 'order 0')).toHaveLength(1);
    expect(await readModelOf(world.app.database)).toEqual(expected);
  });

  test('does it once, whichever of several instances it is', async () => {
    const gate = Promise.withResolvers<void>();
    onRead = () => gate.promise;
    await forgetAll();
    await Promise.all([world.another(), world.another()]);
    await eventually(async () => expect(reads.length).toBeGreaterThan(0));
    gate.resolve();
    await whole();
    expect(reads.toSorted()).toEqual([...new Set(reads)].toSorted());
    expect(await readModelOf(world.app.database)).toEqual(expected);
  });
});

describe('what was killed while it read the logs', () => {
  let child: ChildProcess | undefined;
  afterAll(() => void child?.kill('SIGKILL'));

  test('is gone on with by the console, from where it was', async () => {
    const reached = Promise.withResolvers<void>();
    onRead = () => {
      if (reads.at(-1) === 'order 40') reached.resolve();
      return reads.at(-1) === 'order 40' ? new Promise(() => {}) : undefined;
    };
    const services = owners.map((name) => `${name}=${world.ownerUrl}/${name}`).join(',');
    child = spawn(process.execPath, [main, '--anew'], { env: { ...world.urls, SERVICES: services }, stdio: 'ignore' });
    await reached.promise;
    expect(await rebuildProgress(world.app.database)).toMatchObject({ events: told.length });
    reads = [];
    onRead = () => undefined;
    child.kill('SIGKILL');
    await whole();
    expect(['order 30', 'order 40']).toContain(reads.find((read) => read.startsWith('order ')));
    expect(await readModelOf(world.app.database)).toEqual(expected);
  });
});
