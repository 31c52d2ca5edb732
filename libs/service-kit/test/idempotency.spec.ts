import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { AppError } from '@orderbus/kernel';
import { provision } from '@orderbus/outbox';
import { eventually, type TestDatabase, testDatabase } from '@orderbus/testkit';
import { z } from 'zod';
import { parseConfig } from '../src/config.ts';
import { checkIfMatch, etagOf } from '../src/http/precondition.ts';
import { response } from '../src/http/reply.ts';
import { route } from '../src/http/route.ts';
import { buildService, type Service } from '../src/service/build-service.ts';
import { ServiceConfig } from '../src/service/settings.ts';

const Note = z.object({ text: z.string() });

let server: TestDatabase;
let service: Service;
const written: { id: string; text: string }[] = [];
let work: (text: string) => Promise<void> = async () => {};

beforeAll(async () => {
  server = await testDatabase();
  const urls = await provision({ adminUrl: server.url, secret: 'test', tenancies: [{ schema: 'notes', role: 'orderbus_notes' }] });
  const config = parseConfig(ServiceConfig, {
    DATABASE_URL: urls.notes,
    BROKER_URL: 'amqp://guest:guest@127.0.0.1:1',
    ACCESS_URL: 'http://127.0.0.1:1',
    RATE_LIMIT_PER_ADDRESS: '10000',
    LOG_LEVEL: 'silent',
  });
  const notes = route({
    method: 'post',
    access: 'public',
    path: '/notes',
    summary: 'Writes a note',
    body: Note,
    responses: { 201: Note.extend({ id: z.uuid() }) },
    handle: async ({ body, requestId }) => {
      await work(body.text);
      written.push({ id: requestId, text: body.text });
      return response(201, { id: requestId, text: body.text }, { location: `/notes/${requestId}` });
    },
  });
  const change = route({
    method: 'put',
    access: 'public',
    path: '/notes/:id',
    summary: 'Changes a note, which is at its third version',
    body: Note,
    responses: { 200: Note },
    handle: ({ headers, body }) => {
      checkIfMatch(headers, 3, { required: body.text === 'important' });
      return response(200, body, { etag: etagOf(4) });
    },
  });
  service = buildService(
    {
      name: 'notes',
      description: 'Notes.',
      schema: 'notes',
      entities: [],
      migrations: [],
      subscriptions: [],
      routes: () => [notes, change],
    },
    config,
  );
  await service.start();
});
afterAll(async () => {
  await service.stop();
  await server.drop();
});
beforeEach(() => {
  written.length = 0;
  work = async () => {};
});

const send = async (key: string | undefined, text: string, path = '/notes', method = 'POST', headers: Record<string, string> = {}) => {
  const answer = await fetch(service.url + path, {
    method,
    headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { 'idempotency-key': key }), ...headers },
    body: JSON.stringify({ text }),
  });
  const { correlationId: _, instance: __, ...body } = (await answer.json()) as Record<string, unknown>;
  return { status: answer.status, body, replayed: answer.headers.get('idempotency-replayed') === 'true', headers: answer.headers };
};

describe('a request with an idempotency key', () => {
  test('that is sent twice is done once, and answered the same', async () => {
    const first = await send('twice', 'milk');
    const second = await send('twice', 'milk');
    expect(first).toMatchObject({ status: 201, body: { text: 'milk' }, replayed: false });
    expect(second).toMatchObject({ status: 201, body: first.body, replayed: true });
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
    expect(second.headers.get('content-type')).toBe(first.headers.get('content-type'));
    expect(written).toHaveLength(1);
  });

  test('is not the one with another key, or none', async () => {
    for (const key of ['one', 'other', undefined, undefined]) await send(key, 'milk');
    expect(new Set(written.map(({ id }) => id)).size).toBe(4);
  });

  test('is refused when its content is another', async () => {
    await send('reused', 'milk');
    expect(await send('reused', 'bread')).toMatchObject({ status: 422, body: { code: 'idempotency.other-content' } });
    expect(written).toHaveLength(1);
  });

  test('waits its turn while the first one is under way, however many come at once', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    work = async () => {
      begin();
      await promise;
    };
    const first = send('busy', 'milk');
    await begun;
    const others = await Promise.all([1, 2, 3, 4].map(() => send('busy', 'milk')));
    expect(others.map(({ status, body }) => `${status} ${body.code}`)).toEqual(Array(4).fill('409 idempotency.in-flight'));
    resolve();
    expect(await first).toMatchObject({ status: 201 });
    expect(await send('busy', 'milk')).toMatchObject({ status: 201, replayed: true });
    expect(written).toHaveLength(1);
  });

  test('keeps its key however long it takes', async () => {
    const blocked = Promise.withResolvers<void>();
    work = () => blocked.promise;
    const first = send('slow', 'milk');
    const isClaimed = async (): Promise<boolean> =>
      (await service.database.query(`select from idempotency_key where key = 'slow' and claimed_until > clock_timestamp()`)).length > 0;
    try {
      await eventually(async () => expect(await isClaimed()).toBe(true));
      await service.database.query(`update idempotency_key set claimed_until = clock_timestamp() where key = 'slow'`);
      await eventually(async () => expect(await isClaimed()).toBe(true), { everyMs: 100 });
    } finally {
      blocked.resolve();
    }
    expect((await first).status).toBe(201);
  });

  test('may be tried again when the failure was ours, or passes by itself', async () => {
    work = async () => {
      throw new TypeError('a bug');
    };
    expect((await send('unlucky', 'milk')).status).toBe(500);
    work = async () => {
      throw new AppError('not-yet', 'note.too-early');
    };
    expect((await send('unlucky', 'milk')).status).toBe(409);
    work = async () => {};
    expect(await send('unlucky', 'milk')).toMatchObject({ status: 201, replayed: false });
  });

  test('is answered with the same refusal', async () => {
    work = async () => {
      throw new AppError('conflict', 'note.forbidden', { why: 'because' });
    };
    const first = await send('refused', 'milk');
    work = async () => {};
    const second = await send('refused', 'milk');
    expect(first).toMatchObject({ status: 409, body: { code: 'note.forbidden' } });
    expect(second).toMatchObject({ status: 409, body: first.body, replayed: true });
    expect(second.headers.get('content-type')).toContain('application/problem+json');
    expect(written).toHaveLength(0);
  });

  test('whose process died goes on after a while, under the same id', async () => {
    const { promise } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    work = async (text) => {
      written.push({ id: 'half done', text });
      begin();
      await promise;
    };
    const cut = new AbortController();
    const dead = fetch(`${service.url}/notes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'died' },
      body: JSON.stringify({ text: 'milk' }),
      signal: cut.signal,
    }).catch(() => undefined);
    await begun;
    cut.abort();
    await dead;
    work = async () => {};
    expect((await send('died', 'milk')).status).toBe(409);
    await service.database.query(`update idempotency_key set claimed_until = clock_timestamp() - interval '1 s' where key = 'died'`);
    const again = await send('died', 'milk');
    expect(again).toMatchObject({ status: 201, replayed: false });
    expect((await send('died', 'milk')).body.id).toBe(again.body.id);
  });

  test('needs a key that can be one', async () => {
    expect(await send('a b', 'milk')).toMatchObject({ status: 400, body: { code: 'idempotency.bad-key' } });
  });
});

describe('a change that names the version it was made for', () => {
  const put = (ifMatch: string | undefined, text = 'x') =>
    send(undefined, text, '/notes/1', 'PUT', ifMatch === undefined ? {} : { 'if-match': ifMatch });

  test.each([['"3"'], ['W/"3"'], ['"2", "3"'], ['*'], [undefined]])('is made for %s', async (ifMatch) => {
    const answer = await put(ifMatch);
    expect([answer.status, answer.headers.get('etag')]).toEqual([200, '"4"']);
  });

  test('is refused when there is another version now, which is named', async () => {
    const answer = await put('"2"');
    expect(answer).toMatchObject({ status: 412, body: { code: 'precondition.failed' } });
    expect(answer.headers.get('etag')).toBe('"3"');
  });

  test('is refused when it names no version', async () => {
    expect(await put('three')).toMatchObject({ status: 400, body: { code: 'precondition.malformed' } });
  });

  test('has to name one where it matters', async () => {
    expect(await put(undefined, 'important')).toMatchObject({ status: 428, body: { code: 'precondition.required' } });
  });
});
