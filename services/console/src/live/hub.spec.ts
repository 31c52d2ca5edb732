import { afterEach, describe, expect, test } from '@jest/globals';
import { createLog, createMetrics, HttpError } from '@orderbus/service-kit';
import { createHub, type Reader } from './hub.ts';

const log = createLog({ service: 'test', level: 'silent' });
let time = Date.parse('2026-11-29T12:00:00Z');
const clock = { now: () => new Date(time) };
const ended: (() => Promise<void>)[] = [];

const hubWith = async (times: { beatEveryMs?: number } = {}) => {
  const hub = createHub({ clock, log, metrics: createMetrics('test'), beatEveryMs: 5, ...times });
  await hub.start();
  ended.push(hub.stop);
  return hub;
};
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});

const everybody: Reader = { stores: '*', lastEventId: undefined, openForMs: undefined, recheck: async () => ({ stores: '*' }) };

const event = (tenant: string) => ({ id: '1', type: 'order.created', tenant, aggregateId: 'a', at: '2026-11-29T12:00:00Z' });

describe('a stream', () => {
  test('beats, so that both ends know of each other', async () => {
    const stream = (await hubWith()).open(everybody);
    let text = '';
    for await (const chunk of stream) {
      text += chunk;
      if (text.includes('event: beat')) break;
    }
    expect(text).toContain('event: beat\ndata: {"at":"2026-11-29T12:00:00.000Z"}\n\n');
  });

  test('ends when its reader may no longer listen, and follows him to other stores', async () => {
    const hub = await hubWith();
    let stores: string[] | undefined = ['store-2'];
    const stream = hub.open({
      ...everybody,
      stores: ['store-1'],
      recheck: async () => {
        if (stores === undefined) throw new HttpError(401, 'access.unauthenticated', 'out');
        return { stores };
      },
    });
    let text = '';
    for await (const chunk of stream) {
      text += chunk;
      time += 60_000;
      hub.heard([event(stores === undefined ? 'store-1' : 'store-2')]);
      if (text.includes('"store-2"')) stores = undefined;
    }
    expect(text).toContain('"store-2"');
    expect(text).not.toContain('"store-1"');
  });

  const heardBy = async (hub: Awaited<ReturnType<typeof hubWith>>, openForMs: number): Promise<string> => {
    let text = '';
    for await (const chunk of hub.open({ ...everybody, openForMs })) {
      text += chunk;
      if (text.includes('event: beat')) break;
    }
    return text;
  };

  test('begins with what was told since the page began, which may have asked before it happened', async () => {
    const hub = await hubWith();
    time += 1_000;
    hub.heard([{ ...event('store-1'), id: 'before' }]);
    time += 3_000;
    hub.heard([{ ...event('store-1'), id: 'meanwhile' }]);
    time += 1_000;
    const text = await heardBy(hub, 1_500);
    expect(text).toContain('"meanwhile"');
    expect(text).not.toMatch(/"before"|event: reload/);
  });

  test('says that more may have been missed when the page began before what is remembered', async () => {
    const hub = await hubWith();
    time += 1_000;
    expect(await heardBy(hub, 2_000)).toContain('event: reload');
    hub.heard(Array.from({ length: 2_001 }, () => event('store-1')));
    time += 3_000;
    expect(await heardBy(hub, 2_000)).toContain('event: reload');
    expect(await heardBy(hub, 1_999)).not.toContain('event: reload');
  });

  test('goes on while access is away', async () => {
    const hub = await hubWith();
    let asked = 0;
    const stream = hub.open({
      ...everybody,
      recheck: async () => {
        asked++;
        throw new Error('access is away');
      },
    });
    for await (const _ of stream) {
      time += 60_000;
      if (asked >= 3) break;
    }
    expect(asked).toBeGreaterThanOrEqual(3);
  });

  test('ends at once when the hub stops, and one that is opened then ends, too', async () => {
    const hub = await hubWith({ beatEveryMs: 60_000 });
    const stream = hub.open(everybody);
    await hub.stop();
    const texts = await Promise.all([stream, hub.open(everybody)].map(async (one) => (await one.toArray()).join('')));
    expect(texts).toEqual(['retry: 1000\n\n', 'retry: 1000\n\n']);
  });
});
