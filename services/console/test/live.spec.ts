import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Event, OrderCreated } from '@orderbus/contracts';
import { example } from '@orderbus/contracts/examples';
import type { Service } from '@orderbus/service-kit';
import { eventually } from '@orderbus/testkit';
import type { LiveEvent } from '../src/live/live-event.ts';
import { tellLive } from '../src/live/tell.ts';
import { type Browser, consoleWorld, type World } from './world.ts';

let world: World;
let other: Service;

beforeAll(async () => {
  world = await consoleWorld();
  other = await world.another();
});
afterAll(() => world?.stop());

interface Stream {
  /** Everything that came, as it came. */
  text(): string;
  events(): LiveEvent[];
  lastId(): string;
  /** Resolves when it is over. */
  readonly over: Promise<void>;
  leave(): void;
}

const open = async (browser: Browser, headers: Record<string, string> = {}, at = world.app.url): Promise<Stream> => {
  const leaving = new AbortController();
  const answer = await browser.fetch('/api/live', { at, headers: { accept: 'text/event-stream', ...headers }, signal: leaving.signal });
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
    ...[200, 'text/event-stream', 'no-store'],
  ]);
  let text = '';
  const over = (async () => {
    for await (const chunk of answer.body ?? []) text += Buffer.from(chunk).toString('utf8');
  })().catch(() => {});
  await eventually(() => expect(text).toContain('retry: '));
  return {
    text: () => text,
    events: () => [...text.matchAll(/^data: (.+"aggregateId".+)$/gm)].map(([, json = '']) => JSON.parse(json)),
    lastId: () => [...text.matchAll(/^id: (.+)$/gm)].at(-1)?.[1] ?? '',
    over,
    leave: () => leaving.abort(),
  };
};

const anEvent = (tenant = 'store-1'): Event => {
  const orderId = randomUUID();
  const event = example(OrderCreated) as Event;
  return { ...event, id: randomUUID(), aggregateId: orderId, tenant, data: { ...(event.data as object), orderId } };
};

const tell = (events: readonly Event[], by: Service = world.app) => by.database.transaction((tx) => tellLive(tx, events));

describe('an open page', () => {
  test('hears within a second what any instance was told, in ids alone', async () => {
    const page = await open(world.browser());
    const event = anEvent();
    await tell([event], other);
    await eventually(() => expect(page.events()).toHaveLength(1), { withinMs: 1_000 });
    const { id, type, tenant, aggregateId, occurredAt } = event;
    expect(page.events()).toEqual([{ id, type, tenant, aggregateId, orderId: aggregateId, at: occurredAt }]);
    page.leave();
  });

  test('hears nothing of what was rolled back', async () => {
    const page = await open(world.browser());
    await world.app.database
      .transaction(async (tx) => {
        await tellLive(tx, [anEvent()]);
        throw new Error('rolled back');
      })
      .catch(() => {});
    const told = anEvent();
    await tell([told]);
    await eventually(() => expect(page.events().map(({ id }) => id)).toEqual([told.id]));
    page.leave();
  });

  test('hears all of a long batch, in its order', async () => {
    const page = await open(world.browser());
    const events = Array.from({ length: 300 }, () => anEvent());
    await tell(events);
    await eventually(() => expect(page.events()).toHaveLength(300));
    expect(page.events().map(({ id }) => id)).toEqual(events.map(({ id }) => id));
    page.leave();
  });

  test('hears of its own stores, and of what belongs to none', async () => {
    const page = await open(world.browser({ stores: ['store-1'] }));
    const [own, others, shared] = [anEvent('store-1'), anEvent('store-2'), anEvent('*')];
    await tell([others, own, shared]);
    await eventually(() => expect(page.events().map(({ id }) => id)).toEqual([own.id, shared.id]));
    page.leave();
  });

  test('that comes back gets what it has missed, wherever it comes back', async () => {
    const omar = world.browser({ stores: ['store-1'] });
    const page = await open(omar);
    await tell([anEvent()]);
    await eventually(() => expect(page.events()).toHaveLength(1));
    page.leave();
    const missed = [anEvent(), anEvent('store-2'), anEvent()];
    await tell(missed);
    const again = await open(omar, { 'last-event-id': page.lastId() }, other.url);
    await eventually(() => expect(again.events().map(({ id }) => id)).toEqual([missed[0]?.id, missed[2]?.id]));
    expect(again.text()).not.toContain('event: reload');
    again.leave();
  });

  test('is told to load anew when nobody remembers what it has heard last', async () => {
    const page = await open(world.browser(), { 'last-event-id': randomUUID() });
    await eventually(() => expect(page.text()).toContain('event: reload'));
    page.leave();
  });

  test('keeps nobody signed in', async () => {
    const mara = world.browser();
    const page = await open(mara);
    const touched = world.access.visits.filter(({ cookie }) => cookie === mara.cookie).map(({ touch }) => touch);
    expect(touched).toEqual([false]);
    page.leave();
  });

  test('comes again when the database could not be listened to for a moment', async () => {
    const page = await open(world.browser());
    await world.app.database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query ilike 'listen%'`,
    );
    await page.over;
    const again = await open(world.browser());
    const event = anEvent();
    await eventually(async () => {
      await tell([event]);
      expect(again.events().length).toBeGreaterThan(0);
    });
    again.leave();
  });
});

test('a service that stops holds no page: its stream ends at once', async () => {
  const third = await world.another();
  const page = await open(world.browser(), {}, third.url);
  const begunAt = performance.now();
  const stopping = third.stop();
  await page.over;
  expect(performance.now() - begunAt).toBeLessThan(5_000);
  await stopping;
});

test('nobody hears anything without being signed in, or when he may not read', async () => {
  expect((await fetch(`${world.app.url}/api/live`)).status).toBe(401);
  expect((await world.browser({ permissions: [] }).fetch('/api/live')).status).toBe(403);
});

test('a page that is gone is forgotten, and one that does not read is dropped', async () => {
  const readers = async (): Promise<number> => {
    const text = await (await fetch(`${world.app.url}/metrics`)).text();
    return Number(/^live_readers\{[^}]*\} (\d+)$/m.exec(text)?.[1] ?? 'NaN');
  };
  await eventually(async () => expect(await readers()).toBe(0));
  const page = await open(world.browser());
  expect(await readers()).toBe(1);
  page.leave();
  await eventually(async () => expect(await readers()).toBe(0));

  const socket = connect(Number(new URL(world.app.url).port), '127.0.0.1');
  socket.write(`GET /api/live HTTP/1.1\r\nhost: x\r\ncookie: ${world.browser().cookie}\r\n\r\n`);
  await eventually(async () => expect(await readers()).toBe(1));
  socket.pause();
  await eventually(
    async () => {
      await tell(Array.from({ length: 2_000 }, () => anEvent()));
      expect(await readers()).toBe(0);
    },
    { everyMs: 1 },
  );
  expect(await (await fetch(`${world.app.url}/metrics`)).text()).toMatch(/^live_readers_dropped_total\{[^}]*\} 1$/m);
  socket.destroy();
});
