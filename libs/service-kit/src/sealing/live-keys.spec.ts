import { expect, test } from '@jest/globals';
import { generateKey, keyRing } from './key-ring.ts';
import { liveKeyRing } from './live-keys.ts';

const [k1, k2] = [`k1:${generateKey()}`, `k2:${generateKey()}`];

test('keys that change seal and open from then on, with those of before still there', () => {
  const ring = liveKeyRing(k1);
  const old = ring.seal('x', 'c');
  ring.replace(`${k2},${k1}`);
  expect(ring.keyIds).toEqual(['k2', 'k1']);
  expect([ring.isOutdated(old), ring.open(old, 'c'), keyRing(k2).open(ring.seal('y', 'c'), 'c')]).toEqual([true, 'x', 'y']);
});

test('what was sealed with a key that others have heard of first is opened with what stands in the file by now', () => {
  const ring = liveKeyRing(k1);
  const newer = [1, 2].map((n) => keyRing(k2).seal(n, 'c'));
  expect(() => ring.open(newer[0] as string, 'c')).toThrow(expect.objectContaining({ kind: 'unavailable', code: 'sealing.unknown-key' }));
  const other = liveKeyRing(k1);
  other.lookIn(() => `${k1},${k2}`);
  expect(newer.map((sealed) => other.open(sealed, 'c'))).toEqual([1, 2]);
  expect(other.keyIds).toEqual(['k1']);
});

test('a file that is away or broken changes nothing', () => {
  const sealed = keyRing(k2).seal(1, 'c');
  for (const source of [undefined, 'half of a ke']) {
    const ring = liveKeyRing(k1);
    ring.lookIn(() => source);
    expect(() => ring.open(sealed, 'c')).toThrow('sealing.unknown-key');
    expect(() => ring.replace('half of a ke')).toThrow('sealing.bad-keys');
    expect(ring.open(ring.seal('x', 'c'), 'c')).toBe('x');
  }
});
