import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generateKey, keyRing, parseConfig, reseal, type Service } from '@orderbus/service-kit';
import { accessMatrix, eventually, type Harness, serviceHarness } from '@orderbus/testkit';
import { type Receiver, receiver } from '@orderbus/testkit/receiver';
import { Webhook } from 'standardwebhooks';
import { buildNotificationApp, NotificationConfig, schema } from '../src/app.ts';
import { openTarget } from '../src/webhooks/sealed-target.ts';
import { type Claimed, claimDue, settle } from '../src/webhooks/store/queue.ts';
import { sealedColumns } from '../src/webhooks/store/sealed-columns.ts';
import { knownWebhook } from '../src/webhooks/store/webhooks.ts';
import { anOrder, type Message, ringText } from './builders.ts';

let target: Receiver;
let harness: Harness<Service>;
/** How far ahead of the wall the service's clock is. */
let aheadMs = 0;
/** What an instance allows that is started now. */
let allowed = '';
const clock = { now: () => new Date(Date.now() + aheadMs) };
const [second, hour] = [1_000, 3_600_000];

beforeAll(async () => {
  target = await receiver();
  allowed = target.host;
  harness = await serviceHarness({
    schema,
    build: (urls) =>
      buildNotificationApp(
        parseConfig(NotificationConfig, {
          ...{ ...urls, ORDERBUS_KEYS: ringText, LOG_LEVEL: 'silent', WEBHOOK_ALLOWED_HOSTS: allowed, WEBHOOK_DEADLINE: '2s' },
          WEBHOOK_RETRY_DELAYS: '10s,1m,1h',
        }),
        { clock },
      ),
  });
});
afterAll(async () => {
  await harness?.stop();
  await target.stop();
});

/** A webhook of a store that no other test has to do with, at this path of the receiver. */
const subscribe = async (path: string, changes: object = {}) => {
  const body = {
    url: `${target.origin}${path}?token=canary-token`,
    description: `test ${path}`,
    topics: ['order.*'],
    ...storeOf(path),
    ...changes,
  };
  const answer = await harness.send('POST', '/webhooks', body);
  expect(answer).toMatchObject({ status: 201 });
  return answer.body as { id: string; secret: string };
};
const storeOf = (path: string) => ({ stores: [path.slice(1)] });
/** As if it had happened in the store of this path. */
const of = (path: string, ...messages: readonly Message[]): Message[] =>
  messages.map(({ definition, event }) => ({ definition, event: { ...event, tenant: path.slice(1) } }));
const orders = (path: string, count = 1): Message[] => of(path, ...Array.from({ length: count }, (_, n) => anOrder(`9${n}`).created()));
const idsOf = (messages: readonly Message[]): string[] => messages.map(({ event }) => event.id).sort();
const idsAt = (path: string): string[] => target.at(path).map(({ id }) => id);
const deliveriesOf = async (id: string, query = '') => (await harness.get(`/webhooks/${id}/deliveries?limit=200${query}`)).body.items;
const deliveryOf = async (id: string, { event }: Message) => (await harness.get(`/webhooks/${id}/deliveries/${event.id}`)).body;
const webhookAt = async (id: string) => (await harness.get(`/webhooks/${id}`)).body;
const wait = <T>(check: () => T | Promise<T>) => eventually(check);

describe('a webhook', () => {
  test('is told of what it is about, signed, once', async () => {
    const { id, secret } = await subscribe('/first', { topics: ['order.created.v1', 'order.blocked.*'] });
    const order = anOrder();
    const [created, blocked, started] = of('/first', order.created(), order.blocked(2), order.processingStarted(3)) as [
      Message,
      Message,
      Message,
    ];
    await harness.publishAll([created, blocked, started, created]);
    await wait(async () => expect(await deliveriesOf(id, '&state=delivered')).toHaveLength(2));
    expect(idsAt('/first').sort()).toEqual(idsOf([created, blocked]));
    const call = target.at('/first').find((one) => one.id === created.event.id);
    const told = new Webhook(secret).verify(call?.body ?? '', call?.headers as Record<string, string>);
    expect(told).toEqual({
      ...{ type: 'order.created', version: 1, timestamp: '2026-03-01T10:00:01.000Z', tenant: 'first' },
      ...{ id: created.event.id, aggregateId: order.orderId, aggregateVersion: 1, correlationId: created.event.correlationId },
      data: created.event.data,
    });
    expect(call?.headers).toMatchObject({ 'content-type': 'application/json', 'user-agent': 'Orderbus' });
  });

  test('is told of its stores alone', async () => {
    const [one, all] = [await subscribe('/one'), await subscribe('/all', { stores: undefined, topics: ['order.canceled.v1'] })];
    const canceled = [...of('/one', anOrder('1').canceled(2)), ...of('/other', anOrder('2').canceled(2))];
    await harness.publishAll(canceled);
    await wait(async () => expect(await deliveriesOf(all.id, '&state=delivered')).toHaveLength(2));
    await wait(async () =>
      expect(await deliveriesOf(one.id, '&state=delivered')).toMatchObject([{ eventId: canceled[0]?.event.id, tenant: 'one' }]),
    );
  });

  test('that is about less than before is not told of the rest any more, not even of what waits', async () => {
    target.answers('/narrowed', (response) => response.writeHead(503).end());
    const { id } = await subscribe('/narrowed', { stores: ['narrowed', 'another'] });
    const [mine, others] = [orders('/narrowed'), orders('/another', 3)];
    await harness.publishAll([...mine, ...others]);
    await wait(async () => expect(await deliveriesOf(id)).toHaveLength(4));
    await wait(async () => expect((await webhookAt(id)).failures).toBe(4));
    await harness.send('PATCH', `/webhooks/${id}`, { stores: ['narrowed'], url: `${target.origin}/new-owner` });
    expect(await deliveriesOf(id)).toMatchObject([{ eventId: mine[0]?.event.id }]);
    aheadMs += 15 * second;
    await wait(async () => expect(await countDelivered(id)).toBe(1));
    expect(idsAt('/new-owner')).toEqual(idsOf(mine));
  });

  test('that is slow keeps no other one waiting', async () => {
    target.answers('/slow', (response) => void setTimeout(() => response.end(), 1_000).unref());
    const [slow, quick] = [await subscribe('/slow'), await subscribe('/quick', storeOf('/slow'))];
    const events = orders('/slow', 40);
    await harness.publishAll(events);
    await wait(() => expect(idsAt('/quick').sort()).toEqual(idsOf(events)));
    expect(idsAt('/slow').length).toBeLessThan(20);
    for (const { id } of [slow, quick]) await harness.send('DELETE', `/webhooks/${id}`);
  });

  test('that fails is told again, later each time, until it has failed for good; the log says how it went', async () => {
    target.answers('/broken', (response) => response.writeHead(500).end(`no ${target.origin}/broken?token=canary-token`));
    const { id } = await subscribe('/broken');
    const [event] = orders('/broken') as [Message];
    await harness.publishAll([event]);
    const steps = [0, 12 * second, 72 * second, 72 * 60 * second];
    for (const [n, step] of steps.entries()) {
      aheadMs += step;
      await wait(async () => expect((await deliveryOf(id, event)).log).toHaveLength(n + 1));
      expect(idsAt('/broken')).toHaveLength(n + 1);
    }
    expect(new Set(idsAt('/broken'))).toEqual(new Set([event.event.id]));
    const body = await deliveryOf(id, event);
    expect(body).toMatchObject({ state: 'failed', attempts: 4, topic: 'order.created.v1' });
    expect(body.log).toHaveLength(4);
    expect(body.log[0]).toMatchObject({
      ...{ outcome: 'declined', status: 500, problem: `${target.host} answered 500`, answer: 'no [redacted]' },
      failure: { code: 'target.answered', facts: { host: target.host, status: 500 } },
      durationMs: expect.any(Number),
    });

    target.answers('/broken', (response) => response.end('thanks'));
    const again = await harness.send('POST', `/webhooks/${id}/deliveries/${event.event.id}/redeliver`);
    expect(again).toMatchObject({ status: 200, body: { state: 'pending', attempts: 0 } });
    await wait(async () => expect(await deliveriesOf(id)).toMatchObject([{ state: 'delivered', attempts: 1 }]));
    expect(await webhookAt(id)).toMatchObject({ failures: 0, state: 'enabled' });
  });

  test('is left in peace for as long as it asks for', async () => {
    target.answers('/busy', (response) => response.writeHead(429, { 'retry-after': '600' }).end());
    const { id } = await subscribe('/busy');
    await harness.publishAll(orders('/busy'));
    await wait(async () => expect(await deliveriesOf(id)).toMatchObject([{ attempts: 1, state: 'pending' }]));
    const { restUntil } = await webhookAt(id);
    expect(Date.parse(restUntil) - clock.now().getTime()).toBeGreaterThan(590 * second);
    target.answers('/busy', (response) => response.end());
    await harness.publishAll(orders('/busy', 3));
    await wait(async () => expect(await deliveriesOf(id)).toHaveLength(4));
    aheadMs += 590 * second;
    await othersAreCalled('/busy-others');
    expect(idsAt('/busy')).toHaveLength(1);
    aheadMs += 12 * second;
    await wait(async () => expect(await deliveriesOf(id, '&state=delivered')).toHaveLength(4));
  });

  test('that is away loses nothing, and is not called for each event meanwhile', async () => {
    target.answers('/away', (response) => response.destroy());
    const { id } = await subscribe('/away');
    const events = orders('/away', 60);
    await harness.publishAll(events);
    await wait(async () => expect((await webhookAt(id)).failures).toBeGreaterThanOrEqual(5));
    expect(idsAt('/away').length).toBeLessThan(30);
    let [atOnce, most] = [0, 0];
    target.answers('/away', (response) => {
      most = Math.max(most, ++atOnce);
      setTimeout(() => response.end(() => atOnce--), 20);
    });
    await wait(async () => {
      aheadMs += 10 * second;
      expect(await deliveriesOf(id, '&state=delivered')).toHaveLength(60);
    });
    expect(new Set(idsAt('/away'))).toEqual(new Set(idsOf(events)));
    expect(most).toBe(4);
  });
});

describe('a webhook that does nothing but fail', () => {
  test('is paused and told of as an alert; what happens is kept, and sent when somebody lets it go on', async () => {
    target.answers('/dead', (response) => response.writeHead(502).end());
    const { id } = await subscribe('/dead');
    await harness.publishAll(orders('/dead', 12));
    await wait(async () => expect((await webhookAt(id)).failures).toBeGreaterThanOrEqual(5));
    for (let n = 0; n < 8 && (await webhookAt(id)).state === 'enabled'; n += 1) {
      const { failures } = await webhookAt(id);
      aheadMs += 12 * hour;
      await wait(async () => expect((await webhookAt(id)).failures).toBeGreaterThan(failures));
    }
    expect(await webhookAt(id)).toMatchObject({ state: 'paused', stateReason: 'failing' });
    const alert = async () =>
      (await harness.get('/alerts?kind=webhook-paused')).body.items.find(
        ({ data }: { data: { webhookId: string } }) => data.webhookId === id,
      );
    expect(await alert()).toMatchObject({
      ...{ status: 'open', severity: 'attention', data: { reason: 'failing', target: target.host, description: 'test /dead' } },
      title: `The webhook "test /dead" is paused: ${target.host} does not take events`,
    });

    const called = idsAt('/dead').length;
    aheadMs += hour;
    const meanwhile = orders('/dead', 5);
    await harness.publishAll(meanwhile);
    await wait(async () => expect(await deliveriesOf(id)).toHaveLength(17));
    await othersAreCalled('/dead-others');
    expect(idsAt('/dead')).toHaveLength(called);

    target.answers('/dead', (response) => response.end());
    expect(await harness.send('POST', `/webhooks/${id}/resume`)).toMatchObject({ status: 200, body: { state: 'enabled', failures: 0 } });
    await wait(() => expect(idsAt('/dead').slice(called)).toEqual(expect.arrayContaining(idsOf(meanwhile))));
    expect(await alert()).toMatchObject({ status: 'resolved', resolvedBy: 'person' });
  });

  test('is disabled at once when it says that it is gone', async () => {
    target.answers('/gone', (response) => response.writeHead(410).end());
    const { id } = await subscribe('/gone');
    await harness.publishAll(orders('/gone'));
    await wait(async () => expect(await webhookAt(id)).toMatchObject({ state: 'disabled', stateReason: 'gone' }));
    const alerts = (await harness.get('/alerts?kind=webhook-paused&status=open')).body.items;
    expect(alerts).toMatchObject([{ data: { webhookId: id, reason: 'gone' }, tenant: 'gone' }]);
    const [late] = orders('/gone') as [Message];
    await harness.publishAll([late]);
    await wait(async () => expect(await isHeard(late)).toBe(true));
    expect(await deliveriesOf(id)).toHaveLength(1);
    const replay = await harness.send('POST', `/webhooks/${id}/replays`, { from: new Date(0).toISOString() });
    expect(replay).toMatchObject({ status: 409, body: { code: 'webhook.disabled' } });
    expect(idsAt('/gone')).toHaveLength(1);
    await harness.send('DELETE', `/webhooks/${id}`);
    expect(await harness.get(`/webhooks/${id}`)).toMatchObject({ status: 404, body: { code: 'webhook.unknown' } });
    expect((await harness.get('/alerts?kind=webhook-paused&status=open')).body.items).toEqual([]);
  });
});

describe('what was heard', () => {
  test('is sent once more by time, each under the id that it had, also to who was not there then', async () => {
    const from = clock.now().toISOString();
    const events = orders('/replay', 7);
    await harness.publishAll(events);
    for (const event of events) await wait(async () => expect(await isHeard(event)).toBe(true));
    const until = new Date(clock.now().getTime() + 1).toISOString();
    aheadMs += second;
    const { id } = await subscribe('/replay');
    await harness.publishAll(orders('/replay'));
    await wait(() => expect(idsAt('/replay')).toHaveLength(1));

    const asked = await harness.send('POST', `/webhooks/${id}/replays`, { from, until });
    expect(asked).toMatchObject({ status: 202, body: { total: 7, from, until } });
    await wait(async () => expect(await replayAt(id, asked.body.id)).toMatchObject({ state: 'done', queued: 7, delivered: 7, waiting: 0 }));
    expect(idsAt('/replay').slice(1).sort()).toEqual(idsOf(events));

    const again = await harness.send('POST', `/webhooks/${id}/replays`, { from, until });
    await wait(async () => expect(await replayAt(id, again.body.id)).toMatchObject({ state: 'done', delivered: 7 }));
    expect(idsAt('/replay').slice(8).sort()).toEqual(idsOf(events));
    expect((await harness.get(`/webhooks/${id}/replays`)).body.items).toHaveLength(2);
  });

  test('is sent once more by id, as far as it is known and the webhook is about it', async () => {
    const { id } = await subscribe('/some', { topics: ['order.created.v1'] });
    const order = anOrder('77');
    const [created, blocked] = of('/some', order.created(), order.blocked(2)) as [Message, Message];
    await harness.publishAll([created, blocked]);
    await wait(() => expect(idsAt('/some')).toEqual([created.event.id]));
    const eventIds = [created.event.id, blocked.event.id, randomUUID()];
    const asked = await harness.send('POST', `/webhooks/${id}/replays`, { eventIds });
    expect(asked).toMatchObject({ status: 202, body: { total: 1, eventIds } });
    await wait(async () => expect(await replayAt(id, asked.body.id)).toMatchObject({ state: 'done', delivered: 1 }));
    expect(idsAt('/some')).toEqual([created.event.id, created.event.id]);
    for (const wrong of [{}, { from: '2026-03-01T10:00:00Z', eventIds }])
      expect(await harness.send('POST', `/webhooks/${id}/replays`, wrong)).toMatchObject({ status: 400 });
  });

  test('is listed as deliveries, with filters, page by page', async () => {
    const { id } = await subscribe('/pages');
    await harness.publishAll([...orders('/pages', 4), ...of('/pages', anOrder('78').blocked(2))]);
    await wait(async () => expect(await deliveriesOf(id, '&state=delivered')).toHaveLength(5));
    const first = (await harness.get(`/webhooks/${id}/deliveries?limit=3`)).body;
    const rest = (await harness.get(`/webhooks/${id}/deliveries?limit=3&cursor=${first.nextCursor}`)).body;
    expect(rest.nextCursor).toBeUndefined();
    expect(new Set([...first.items, ...rest.items].map(({ eventId }: { eventId: string }) => eventId)).size).toBe(5);
    expect(await deliveriesOf(id, '&topic=order.blocked.v1')).toHaveLength(1);
    expect(await deliveriesOf(id, '&state=failed')).toEqual([]);
    expect(await deliveriesOf(id, `&until=${first.items[0].heardAt}&from=2020-01-01T00:00:00Z`)).not.toHaveLength(5);
  });
});

describe('a delivery', () => {
  test('is sent once by two instances of the service', async () => {
    const other = await harness.another();
    const { id } = await subscribe('/twins');
    const events = orders('/twins', 150);
    await harness.publishAll(events);
    await wait(async () => expect(await countDelivered(id)).toBe(150));
    expect(idsAt('/twins')).toHaveLength(150);
    expect(idsAt('/twins').sort()).toEqual(idsOf(events));
    await other.stop();
  });

  test('whose sender has died is sent by the next one, under the same id', async () => {
    const { id } = await subscribe('/crash');
    const [event] = orders('/crash') as [Message];
    await harness.publishAll([event]);
    await wait(async () => expect(await countDelivered(id)).toBe(1));
    // As a sender leaves it that is killed after the answer, when its lease has run out.
    await harness.app.database.query(
      `update webhook_delivery set state = 'sending', delivered_at = null, next_attempt_at = $2::timestamptz where webhook_id = $1`,
      [id, clock.now().toISOString()],
    );
    await wait(() => expect(idsAt('/crash')).toEqual([event.event.id, event.event.id]));
    await wait(async () => expect(await deliveriesOf(id)).toMatchObject([{ state: 'delivered', attempts: 2 }]));
  });

  test('that another sender has taken over meanwhile is not settled by the first one', async () => {
    const { id } = await subscribe('/taken-over');
    const { database } = harness.app;
    const [event] = orders('/taken-over') as [Message];
    await harness.publishAll([event]);
    await wait(async () => expect(await countDelivered(id)).toBe(1));
    // Due at a moment that no sender sees but these two.
    const due = new Date(clock.now().getTime() + 24 * hour);
    await database.query(`update webhook_delivery set state = 'pending', next_attempt_at = $2 where webhook_id = $1`, [
      id,
      due.toISOString(),
    ]);
    const [first] = (await claimDue(database, id, due, 1, second)) as [Claimed];
    expect(await claimDue(database, id, due, 1, second)).toEqual([]);
    const [other] = (await claimDue(database, id, new Date(due.getTime() + 2 * second), 1, second)) as [Claimed];
    const attempt = { at: due.toISOString(), outcome: 'taken', durationMs: 1 };
    await database.transaction((tx) => settle(tx, id, [{ claimed: first, attempt, verdict: { state: 'failed' } }], due));
    expect(await deliveryOf(id, event)).toMatchObject({ state: 'sending', attempts: 3 });
    await database.transaction((tx) => settle(tx, id, [{ claimed: other, attempt, verdict: { state: 'delivered' } }], due));
    expect(await deliveryOf(id, event)).toMatchObject({ state: 'delivered', attempts: 3 });
  });

  test('is signed with the old secret and the new one while one replaces the other', async () => {
    aheadMs = 0;
    const { id, secret } = await subscribe('/rotated');
    const { status, body } = await harness.send('POST', `/webhooks/${id}/secret`, { overlapHours: 1 });
    expect(status).toBe(200);
    const [before, after] = [new Webhook(secret), new Webhook(body.secret)];
    await harness.publishAll(orders('/rotated'));
    await wait(() => expect(idsAt('/rotated')).toHaveLength(1));
    const [both] = target.at('/rotated');
    for (const one of [before, after]) expect(one.verify(both?.body ?? '', both?.headers as Record<string, string>)).toBeDefined();
    aheadMs = 2 * hour;
    await harness.publishAll(orders('/rotated'));
    await wait(() => expect(idsAt('/rotated')).toHaveLength(2));
    expect(target.at('/rotated')[1]?.headers['webhook-signature']).toMatch(/^v1,\S+$/);
  });

  test('can be tried out: a test is sent at once, and its answer shown', async () => {
    aheadMs = 0;
    target.answers('/try', (response) => response.writeHead(200).end('hello'));
    const { id, secret } = await subscribe('/try', { enabled: false });
    const { status, body } = await harness.send('POST', `/webhooks/${id}/test`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ outcome: 'taken', status: 200, answer: 'hello' });
    const [call] = target.at('/try');
    const told = new Webhook(secret).verify(call?.body ?? '', call?.headers as Record<string, string>);
    expect(told).toMatchObject({ type: 'webhook.test', data: { webhookId: id } });
    expect(await deliveriesOf(id)).toEqual([]);
  });
});

describe('a target', () => {
  test.each([
    ['http://hooks.example.com/in', /only https:\/\/ addresses are called/],
    ['https://127.0.0.1/in', /this machine itself/],
    ['https://169.254.169.254/latest/meta-data', /metadata service/],
    ['https://0x7f.1/in', /has to be written out/],
    ['https://[::ffff:a00:1]/in', /in disguise/],
    ['https://me:pass@hooks.example.com/in', /user and password/],
  ])('%s is refused when it is saved', async (url, why) => {
    const answer = await harness.send('POST', '/webhooks', { url, description: 'x', topics: ['*'] });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: 'url', message: expect.stringMatching(why) }] } });
    const { id } = await subscribe('/unchanged');
    expect(await harness.send('PATCH', `/webhooks/${id}`, { url })).toMatchObject({ status: 400 });
  });

  test('is checked at every attempt: what was allowed when it was saved is not called when it is no longer', async () => {
    const { id } = await subscribe('/was-allowed');
    allowed = 'hooks.intern.example';
    const strict = await harness.another();
    allowed = target.host;
    const answer = await harness.at(strict.url).send('POST', `/webhooks/${id}/test`);
    expect(answer.body).toMatchObject({
      outcome: 'forbidden',
      problem: `only https:// addresses are called, and ${target.host} is none of WEBHOOK_ALLOWED_HOSTS`,
    });
    expect(idsAt('/was-allowed')).toEqual([]);
    await strict.stop();
  });

  test('that redirects is not followed: not to a metadata service, and to nobody else', async () => {
    target.answers('/redirect', (response) => response.writeHead(307, { location: 'http://169.254.169.254/latest/meta-data' }).end());
    const { id } = await subscribe('/redirect');
    expect(await harness.send('POST', `/webhooks/${id}/test`)).toMatchObject({
      body: { outcome: 'declined', status: 307, problem: `${target.host} answered 307: redirects are not followed` },
    });
  });
});

describe('somebody who is limited to a store', () => {
  const limited = () => harness.as({ stores: ['mine'] });

  test('makes webhooks about it and about no other, and sees none that is about more', async () => {
    const body = { url: `${target.origin}/mine`, description: 'mine', topics: ['*'] };
    const mine = await limited().send('POST', '/webhooks', body);
    expect(mine).toMatchObject({ status: 201, body: { stores: ['mine'] } });
    const refused = { status: 403, body: { code: 'access.other-store' } };
    expect(await limited().send('POST', '/webhooks', { ...body, stores: ['mine', 'other'] })).toMatchObject(refused);
    expect(await limited().send('PATCH', `/webhooks/${mine.body.id}`, { stores: ['other'] })).toMatchObject(refused);
    expect(await limited().send('PATCH', `/webhooks/${mine.body.id}`, { stores: null })).toMatchObject({ body: { stores: ['mine'] } });
    const { id: ofAll } = await subscribe('/everything', { stores: undefined });
    const { id: ofBoth } = await subscribe('/both', { stores: ['mine', 'other'] });
    expect((await limited().get('/webhooks')).body.items).toMatchObject([{ id: mine.body.id }]);
    for (const id of [ofAll, ofBoth]) {
      expect(await limited().get(`/webhooks/${id}`)).toMatchObject({ status: 404 });
      expect(await limited().send('POST', `/webhooks/${id}/secret`, {})).toMatchObject({ status: 404 });
    }
  });

  test('and everybody else is let in as far as he may administer', async () => {
    const { id } = await subscribe('/matrix');
    const { id: other } = await subscribe('/matrix-too');
    const [event] = orders('/matrix') as [Message];
    await harness.publishAll([event]);
    await wait(async () => expect(await countDelivered(id)).toBe(1));
    const replay = await harness.send('POST', `/webhooks/${id}/replays`, { eventIds: [event.event.id] });
    const { app, access } = harness;
    const wrong = await accessMatrix({
      app: { name: app.name, url: app.url, routes: app.routes.filter(({ path }) => path.startsWith('/webhooks')) },
      ...{ access, store: 'matrix', hidden: [id, other, event.event.id] },
      params: { id, eventId: event.event.id, replayId: replay.body.id },
      requests: {
        'DELETE /webhooks/:id': { params: { id: other } },
        'POST /webhooks': { body: { url: `${target.origin}/matrix`, description: 'matrix', topics: ['*'] } },
        'PATCH /webhooks/:id': { body: {} },
        'POST /webhooks/:id/secret': { body: {} },
        'POST /webhooks/:id/replays': { body: { eventIds: [event.event.id] } },
      },
    });
    expect(wrong).toEqual([]);
  });
});

test('a webhook is changed, disabled and shown without its secrets', async () => {
  const { id, secret } = await subscribe('/shown');
  expect(await webhookAt(id)).toEqual({
    ...{
      id,
      description: 'test /shown',
      url: `${target.origin}/…oken`,
      topics: ['order.*'],
      stores: ['shown'],
      state: 'enabled',
      failures: 0,
    },
    ...{ stateSince: expect.any(String), createdAt: expect.any(String) },
  });
  const changes = { url: `${target.origin}/elsewhere`, topics: ['stock.*'], stores: ['store-1'], description: 'stock', enabled: false };
  const { status, body } = await harness.send('PATCH', `/webhooks/${id}`, changes);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    url: `${target.origin}/…`,
    topics: ['stock.*'],
    stores: ['store-1'],
    state: 'disabled',
    stateReason: 'person',
  });
  expect(JSON.stringify([body, await harness.get('/webhooks')])).not.toContain(secret.slice(8));
  expect(await harness.send('PATCH', `/webhooks/${id}`, { enabled: true, stores: null })).toMatchObject({ body: { state: 'enabled' } });
  expect((await webhookAt(id)).stores).toBeUndefined();
  expect(await harness.send('PATCH', `/webhooks/${id}`, { topics: ['nothing.*'] })).toMatchObject({
    status: 400,
    body: { errors: [{ field: expect.stringMatching(/^topics/), message: 'There is no such event: nothing.*' }] },
  });
  expect((await harness.get('/webhooks/topics')).body.items).toContain('order.created.v1');
});

test('new keys seal URLs and secrets anew; without the old one, what was left is lost, and says so', async () => {
  const [{ id, secret }, newKey] = [await subscribe('/resealed'), `new:${generateKey()}`];
  const { database } = harness.app;
  const both = keyRing(`${newKey},${ringText}`);
  const [webhooks] = await reseal(database, both, sealedColumns);
  expect(webhooks).toMatchObject({ table: 'webhook', current: 0, unopened: new Map() });
  const { sealed } = await knownWebhook(database, id);
  expect(openTarget(keyRing(newKey), id, sealed).secrets).toEqual([{ secret }]);
  // This service still has the old keys alone.
  await harness.publishAll(orders('/resealed'));
  await wait(async () =>
    expect(await deliveriesOf(id)).toMatchObject([
      { state: 'pending', lastAttempt: { outcome: 'forbidden', problem: 'its URL cannot be opened: the key is not among ORDERBUS_KEYS' } },
    ]),
  );
  expect(await harness.send('POST', `/webhooks/${id}/test`)).toMatchObject({ status: 409, body: { code: 'webhook.key-lost' } });
  expect(idsAt('/resealed')).toEqual([]);
});

/** What was due before has been looked at. */
const othersAreCalled = async (path: string): Promise<void> => {
  const { id } = await subscribe(path);
  await harness.publishAll(orders(path));
  await wait(async () => expect(await countDelivered(id)).toBe(1));
};
const isHeard = async ({ event }: Message): Promise<boolean> =>
  (await harness.app.database.query('select 1 from heard_event where id = $1', [event.id])).length === 1;
const countDelivered = async (id: string): Promise<number> => (await deliveriesOf(id, '&state=delivered')).length;
const replayAt = async (id: string, replayId: string) => (await harness.get(`/webhooks/${id}/replays/${replayId}`)).body;
