import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { openApiDocument } from '../src/http/openapi.ts';
import { jsonOr, raw } from '../src/http/reply.ts';
import { route } from '../src/http/route.ts';
import { problemOf, serve } from './serve.ts';

const Report = z.object({ bytes: z.int() });

const takeFile = route({
  method: 'post',
  access: 'public',
  path: '/files',
  summary: 'Takes a file',
  upload: { contentTypes: ['text/csv'], maxBytes: 10 },
  responses: { 200: jsonOr(Report, 'text/csv') },
  handle: ({ file, headers }) => (headers.accept === 'text/csv' ? raw('text/csv', `bytes\n${file.length}\n`) : { bytes: file.length }),
});

const send = async (body: string | Buffer, headers: Record<string, string> = {}) => {
  const { ask } = await serve({ routes: [takeFile] });
  return ask('/files', { method: 'POST', body: body as string, headers: { 'content-type': 'text/csv; charset=utf-8', ...headers } });
};

describe('a file', () => {
  test('arrives as it was sent, byte by byte', async () => {
    const answer = await send(Buffer.from([0xff, 0x00, 0x0a]));
    expect([answer.status, await answer.json()]).toEqual([200, { bytes: 3 }]);
  });

  test('may be empty', async () => {
    expect(await (await send('')).json()).toEqual({ bytes: 0 });
  });

  test('of another kind, or one that is too long, is refused', async () => {
    const json = await send('{}', { 'content-type': 'application/json' });
    expect([json.status, (await problemOf(json)).detail]).toEqual([415, 'Send the file as text/csv']);
    const long = await send('x'.repeat(11));
    expect([long.status, (await problemOf(long)).code]).toEqual([413, 'request.too-large']);
  });
});

describe('an answer that is JSON unless something else is asked for', () => {
  test('comes in the form that was asked for', async () => {
    const answer = await send('abc', { accept: 'text/csv' });
    expect([answer.headers.get('content-type'), await answer.text()]).toEqual(['text/csv', 'bytes\n3\n']);
  });

  test('is held against its schema in the one form, and against its media types in the other', async () => {
    const wrong = route({
      ...{ method: 'get', access: 'public', path: '/wrong', summary: 'Answers wrongly', responses: { 200: jsonOr(Report, 'text/csv') } },
      handle: ({ headers }) => (headers.accept === 'text/csv' ? raw('text/html', '<p>') : ({ bites: 1 } as never)),
    });
    const { ask } = await serve({ routes: [wrong] });
    expect((await ask('/wrong')).status).toBe(500);
    expect((await ask('/wrong', { headers: { accept: 'text/csv' } })).status).toBe(500);
  });
});

test('both are documented', () => {
  const { paths } = openApiDocument({ title: 'Files', version: '1', routes: [takeFile] });
  const post = paths?.['/files']?.post as { requestBody: { content: object }; responses: Record<string, { content: object }> };
  expect(Object.keys(post.requestBody.content)).toEqual(['text/csv']);
  expect(Object.keys(post.responses['200']?.content ?? {})).toEqual(['application/json', 'text/csv']);
  expect(Object.keys(post.responses)).toEqual(expect.arrayContaining(['413', '415']));
});
