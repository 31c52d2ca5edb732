import { expect, test } from '@jest/globals';
import type { OutgoingMessage } from './port.ts';
import { assertPublishable } from './publishable.ts';

const message = (part: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  ...{ id: 'a', topic: 'a.v1', key: 'k', body: '{}', headers: {} },
  ...part,
});
const publishing = (part: Partial<OutgoingMessage>) => () => assertPublishable([message(), message(part)], 10);

test('an ordinary message is publishable, up to the last byte of the limit', () => {
  expect(publishing({ body: 'x'.repeat(10) })).not.toThrow();
});

test('a body is measured in bytes, not in characters', () => {
  expect(publishing({ body: 'ü'.repeat(6) })).toThrow('message.too-large');
});

test('key and headers together have a limit', () => {
  expect(publishing({ key: 'k'.repeat(20_000), headers: { a: 'b'.repeat(20_000) } })).toThrow('message.too-large');
});

test('id and topic are neither empty nor longer than 255 bytes', () => {
  for (const wrong of ['', 'x'.repeat(256)]) {
    expect(publishing({ id: wrong })).toThrow('message.invalid');
    expect(publishing({ topic: wrong })).toThrow('message.invalid');
  }
  expect(publishing({ id: 'x'.repeat(255) })).not.toThrow();
});

test('the refusal does not quote the body', () => {
  expect(publishing({ body: 'a secret of the buyer' })).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('secret') }),
  );
});
