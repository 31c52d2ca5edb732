import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { parseConfig } from '../config.ts';
import { generateKey, keyRing } from './key-ring.ts';
import { keySettings } from './live-keys.ts';

const [oldKey, newKey] = [generateKey(), generateKey()];
const buyer = { name: 'Ada Example', lines: ['1 Test Street', 'Ünïcode ✓'] };
const ring = keyRing(`k1:${oldKey}`);

const flipped = (sealed: string, part: number): string => {
  const parts = sealed.split('.');
  const bytes = Buffer.from(parts[part] ?? '', 'base64url');
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  parts[part] = bytes.toString('base64url');
  return parts.join('.');
};

describe('a sealed value', () => {
  test('opens to what was sealed, in its own context', () => {
    expect(ring.open(ring.seal(buyer, 'order-1'), 'order-1')).toEqual(buyer);
  });

  test('is compact, printable and different each time', () => {
    const [one, two] = [ring.seal(buyer, 'order-1'), ring.seal(buyer, 'order-1')];
    expect(one).toMatch(/^v1\.k1\.[\w-]{16}\.[\w-]+$/);
    expect(one).not.toBe(two);
    expect(Buffer.from(one.split('.')[3] ?? '', 'base64url').toString('latin1')).not.toContain('Ada');
  });

  test('does not open for another order', () => {
    expect(() => ring.open(ring.seal(buyer, 'order-1'), 'order-2')).toThrow('sealing.broken');
  });

  test.each([2, 3])('does not open when a bit of part %d is changed', (part) => {
    expect(() => ring.open(flipped(ring.seal(buyer, 'order-1'), part), 'order-1')).toThrow('sealing.broken');
  });

  test.each(['', 'v1.k1.short', 'v2.k1.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAA', 'plain text'])('is not %j', (text) => {
    expect(() => ring.open(text, 'order-1')).toThrow('sealing.malformed');
  });

  test('does not open with a shortened tag', () => {
    expect(() => ring.open(ring.seal('', 'order-1').slice(0, -4), 'order-1')).toThrow(/sealing\.(broken|malformed)/);
  });

  test('shows nothing of itself in the error', () => {
    const sealed = ring.seal(buyer, 'order-1');
    expect(() => ring.open(sealed, 'order-2')).toThrow(
      expect.objectContaining({ details: { keyId: 'k1' }, message: 'sealing.broken {"keyId":"k1"}' }),
    );
  });
});

describe('a key ring', () => {
  const rotated = keyRing(`k2:${newKey}, k1:${oldKey}`);

  test('seals with its first key and opens with all', () => {
    expect(rotated.seal(buyer, 'o')).toMatch(/^v1\.k2\./);
    expect(rotated.open(ring.seal(buyer, 'o'), 'o')).toEqual(buyer);
  });

  test('knows what should be sealed again', () => {
    expect(rotated.isOutdated(ring.seal(buyer, 'o'))).toBe(true);
    expect(rotated.isOutdated(rotated.seal(buyer, 'o'))).toBe(false);
  });

  test('names a key that it does not have', () => {
    expect(() => ring.open(rotated.seal(buyer, 'o'), 'o')).toThrow(
      expect.objectContaining({ code: 'sealing.unknown-key', details: { keyId: 'k2' } }),
    );
  });

  test('does not open with another key under the same name', () => {
    expect(() => keyRing(`k1:${newKey}`).open(ring.seal(buyer, 'o'), 'o')).toThrow('sealing.broken');
  });

  test.each(['', 'k1', `k1:${oldKey.slice(0, 20)}`, `k1:${oldKey},`, `a.b:${oldKey}`, `k1:${oldKey},k1:${newKey}`])(
    'is refused when it reads like example %#, without repeating it',
    (text) => {
      expect(() => keyRing(text)).toThrow(expect.objectContaining({ code: 'sealing.bad-keys' }));
      expect(() => parseConfig(z.object(keySettings), { ORDERBUS_KEYS: text || 'x' })).toThrow(/^(?!.*k1:).*Invalid keys/s);
    },
  );

  test('is a setting', () => {
    const { ORDERBUS_KEYS } = parseConfig(z.object(keySettings), { ORDERBUS_KEYS: `k1:${oldKey}` });
    expect(ORDERBUS_KEYS.open(ring.seal(1, 'o'), 'o')).toBe(1);
  });
});
