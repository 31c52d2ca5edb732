import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually } from '@orderbus/testkit';
import { forecast } from '../src/rebuild/forecast.ts';
import type { LogEvent, SourceLog } from '../src/rebuild/logs.ts';
import { readParts } from '../src/rebuild/progress.ts';
import { rebuild, type Step } from '../src/rebuild/rebuild.ts';
import { emptyReadModel, readModel } from '../src/store/read-model.ts';
import { fates, heardOf, lifeOf, type Told, troubles } from './a-shop.ts';
import { readModelOf } from './read-model-of.ts';
import { consoleWorld, type World } from './world.ts';

let world: World;
let told: readonly Told[];
let expected: Awaited<ReturnType<typeof readModelOf>>;

const keep = (all: readonly Told[]) =>
  world.app.database.transaction((tx) =>
    readModel.run(
      tx,
      all.map((one) => ({ key: one.event.id, command: heardOf(one), cause: { tenant: one.event.tenant, correlationId: 'c' } })),
    ),
  );

beforeAll(async () => {
  // The owners show it nothing, so that it does not go on by itself where a test breaks off.
  world = await consoleWorld({}, async () => ({ status: 503, page: {} }));
  told = [
    ...fates.flatMap(
      (fate, n) =>
        lifeOf({
          ...{ fate, tenant: `store-${n % 2}`, country: 'DE', currency: 'EUR', totalMinor: 1_000 * n, units: n },
          purchasedAt: '2026-05-04T10:00:00.000Z',
        }).told,
    ),
    ...troubles('store-0'),
  ];
  // It empties what there is when it begins.
  await eventually(async () => expect(await readParts(world.app.database)).not.toEqual([]));
  await keep(told);
  expected = await readModelOf(world.app.database);
});
afterAll(() => world?.stop());

beforeEach(() => world.app.database.transaction(emptyReadModel));

const pageSize = 10;

/** The whole log of one service, with a hole at every seventh place. */
const logOf = (events: readonly Told[], onRead: (after: number) => Promise<void> | void = () => {}, begins = 1): SourceLog => {
  const logged = events.map((one, n): LogEvent => {
    const { recordedAt } = heardOf(one);
    const { traceparent: _, ...event } = one.event;
    return { ...event, recordedAt, position: n + 1 + Math.floor(n / 6) } as LogEvent;
  });
  const last = logged.at(-1)?.position ?? 0;
  return {
    service: 'order',
    read: async (after) => {
      await onRead(after);
      const items = logged.filter(({ position }) => position > after).slice(0, pageSize);
      return { items, upTo: items.at(-1)?.position ?? after, last, begins };
    },
  };
};

const build = (log: SourceLog, anew = false) => {
  const steps: Step[] = [];
  return { steps, done: rebuild({ database: world.app.database, logs: [log], anew, report: (step) => steps.push(step) }) };
};

describe('a rebuild', () => {
  test('makes of the logs what there was', async () => {
    const { steps, done } = build(logOf(told));
    await done;
    expect(await readModelOf(world.app.database)).toEqual(expected);
    expect(steps.reduce((sum, { events }) => sum + events, 0)).toBe(told.length);
  });

  test('has open pages load anew when it ends', async () => {
    const { body } = await world.fetch('/api/live');
    const heard = body?.pipeThrough(new TextDecoderStream());
    await build(logOf(told)).done;
    let text = '';
    for await (const chunk of heard ?? []) {
      text += chunk;
      if (text.includes('event: reload')) break;
    }
    expect(text).toContain('event: reload');
  });

  test('starts from nothing: what was wrong is gone', async () => {
    await world.app.database.query(`insert into state_count values ('store-9', 'new', 42)`);
    await build(logOf(told)).done;
    expect(await readModelOf(world.app.database)).toEqual(expected);
  });

  test('counts once what is heard meanwhile, before it comes to it or after', async () => {
    const log = logOf(told, async (after) => {
      await keep(told.slice(-15));
      await keep(told.slice(Math.max(0, after - 20), after));
    });
    await build(log).done;
    expect(await readModelOf(world.app.database)).toEqual(expected);
  });

  test('that is broken off says so on the dashboard, and goes on from there', async () => {
    const reads: number[] = [];
    const away = logOf(told, (after) => {
      if (after > 40) throw new Error('the service is away');
    });
    await expect(build(away).done).rejects.toThrow('the service is away');
    const { body } = await world.get('/api/overview');
    expect(body.rebuilding.done).toBeGreaterThan(20);
    expect(body.rebuilding.events).toBeGreaterThan(body.rebuilding.done);
    await build(logOf(told, (after) => void reads.push(after))).done;
    expect(reads[0]).toBeGreaterThan(20);
    expect(await readModelOf(world.app.database)).toEqual(expected);
    expect((await world.get('/api/overview')).body).not.toHaveProperty('rebuilding');
  });

  test('gives up nothing by accident: where the beginning of a log is gone, it wants to be told so', async () => {
    await build(logOf(told)).done;
    const cut = logOf(told, () => {}, 21);
    await expect(build(cut).done).rejects.toMatchObject({ code: 'rebuild.beginning-gone', details: { goneUpTo: { order: 20 } } });
    expect(await readModelOf(world.app.database)).toEqual(expected);
    await rebuild({ database: world.app.database, logs: [cut], anew: false, evenIncomplete: true, report: () => {} });
  });

  test('starts over when it is told to', async () => {
    const away = logOf(told, (after) => {
      if (after > 40) throw new Error('the service is away');
    });
    await expect(build(away).done).rejects.toThrow();
    const reads: number[] = [];
    await build(
      logOf(told, (after) => void reads.push(after)),
      true,
    ).done;
    expect(reads[0]).toBe(0);
    expect(await readModelOf(world.app.database)).toEqual(expected);
  });

  test('whose lock was lost, and that another one has overtaken, ends', async () => {
    const log = logOf(told, async (after) => {
      if (after > 0) await world.app.database.query('update rebuild_part set up_to = up_to + 1');
    });
    await expect(build(log).done).rejects.toThrow('rebuild.overtaken');
    await build(logOf(told), true).done;
    expect(await readModelOf(world.app.database)).toEqual(expected);
  });

  test('leaves out events of no contract of this version, as the broker does, and counts them', async () => {
    const [first] = told as [Told];
    const log = logOf(told);
    const strange: SourceLog = {
      ...log,
      read: async (after) => {
        const page = await log.read(after);
        const { data, ...event } = first.event;
        const unknown = { ...event, data, type: 'order.foreseen', recordedAt: event.occurredAt, position: 0 } as LogEvent;
        return { ...page, items: [...page.items, unknown] };
      },
    };
    const { steps, done } = build(strange);
    await done;
    expect(steps.every(({ skipped }) => skipped === 1)).toBe(true);
    expect(await readModelOf(world.app.database)).toEqual(expected);
  });
});

describe('whoever waits for it', () => {
  test('is told how far it is, how fast it goes and how long it will take', () => {
    const lines: string[] = [];
    let now = 0;
    const tell = forecast(
      (line) => lines.push(line),
      () => now,
    );
    now = 2_500;
    tell.step({ service: 'order', upTo: 1_000, last: 5_000, begins: 1, events: 1_000, skipped: 0 });
    tell.step({ service: 'order', upTo: 1_100, last: 5_000, begins: 1, events: 100, skipped: 0 });
    now = 10_000;
    tell.step({ service: 'order', upTo: 5_000, last: 5_000, begins: 1, events: 3_900, skipped: 2 });
    tell.end();
    expect(lines).toEqual([
      'order: 1000 of 5000, about 10 s left (400 events/s)',
      'order: read to its end (500 events/s)',
      'Built from 4998 events in 10 s. 2 are of no contract of this version.',
    ]);
  });
});
