import { describe, expect, test } from '@jest/globals';
import { generateKey, keyRing, scrubText } from '@orderbus/service-kit';
import { Webhook } from 'standardwebhooks';
import { newTarget, openIfPossible, openTarget, scrubbed, sealTarget, secretsAt, shownUrl, withNewSecret } from './sealed-target.ts';
import { newSecret, signedHeaders } from './signing.ts';

const message = { id: '0198c2a4-0000-7000-8000-000000000001', body: '{"type":"order.created","data":{"title":"Tasse – blau ☕"}}' };
const now = new Date();
const after = (hours: number): Date => new Date(now.getTime() + hours * 3_600_000);

describe('a signature', () => {
  const secret = newSecret();

  test('is verified by the published library', () => {
    expect(new Webhook(secret).verify(message.body, signedHeaders(message, [secret], now))).toEqual(JSON.parse(message.body));
  });

  test('does not verify another body, another id, another moment or another secret', () => {
    const headers = signedHeaders(message, [secret], now);
    const verify =
      (body: string, changed: object, other = secret) =>
      () =>
        new Webhook(other).verify(body, { ...headers, ...changed });
    expect(verify(message.body.replace('blau', 'rot'), {})).toThrow(/No matching signature/);
    expect(verify(message.body, { 'webhook-id': 'another' })).toThrow(/No matching signature/);
    expect(verify(message.body, { 'webhook-timestamp': String(Math.floor(now.getTime() / 1_000) + 1) })).toThrow(/No matching signature/);
    expect(verify(message.body, {}, newSecret())).toThrow(/No matching signature/);
    expect(() => new Webhook(secret).verify(message.body, signedHeaders(message, [secret], after(-1)))).toThrow(/too old/);
  });

  test('is there for the old secret and the new one while one replaces the other', () => {
    const first = newTarget('https://hooks.example/in');
    const second = withNewSecret(first, after(24));
    const [newer, older] = secretsAt(second, now) as [string, string];
    expect(older).toBe(first.secrets[0]?.secret);
    const headers = signedHeaders(message, [newer, older], now);
    expect(headers['webhook-signature']).toMatch(/^v1,\S{44} v1,\S{44}$/);
    for (const one of [newer, older]) expect(new Webhook(one).verify(message.body, headers)).toBeDefined();
    expect(secretsAt(second, after(25))).toEqual([newer]);
    expect(secretsAt(withNewSecret(second, after(24)), now)).not.toContain(older);
  });
});

describe('a target', () => {
  const ring = keyRing(`k1:${generateKey()}`);
  const target = newTarget('https://hooks.example/services/T000/B000/very-long-token?key=canary');

  test('is sealed for its webhook alone, and lost with its key', () => {
    const sealed = sealTarget(ring, 'a', target);
    expect(sealed).not.toMatch(/hooks|whsec/);
    expect(openTarget(ring, 'a', sealed)).toEqual(target);
    expect(() => openTarget(ring, 'b', sealed)).toThrow(/sealing.broken/);
    expect(openIfPossible(keyRing(`k2:${generateKey()}`), 'a', sealed)).toBeUndefined();
  });

  test.each([
    ['https://hooks.example/services/T000/B000/very-long-token', 'https://hooks.example/…oken'],
    ['https://hooks.example:8443/in?key=0123456789abcdef', 'https://hooks.example:8443/…cdef'],
    ['https://hooks.example/short', 'https://hooks.example/…'],
    ['https://hooks.example', 'https://hooks.example/'],
  ])('%s is shown as %s', (url, shown) => {
    expect(shownUrl(url)).toBe(shown);
  });

  test('that repeats its own URL or secret in its answer has it kept without them, readable and short', () => {
    const [secret] = secretsAt(target, now);
    const answer = `POST /services/T000/B000/very-long-token?key=canary\n${target.url} ${secret}\u0000\u001b[31m Bearer abc ${'ü'.repeat(2_000)}`;
    const kept = scrubbed(answer, target, scrubText);
    expect(kept).not.toMatch(/very-long|canary|whsec|abc/);
    expect(kept).toMatch(/^POST \[redacted\]\n\[redacted\] \[redacted\] {2}\[31m Bearer \[redacted\] üü/);
    expect(Buffer.byteLength(kept)).toBeLessThan(1_030);
    expect(() => JSON.parse(JSON.stringify(kept))).not.toThrow();
  });
});
