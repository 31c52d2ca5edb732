import { describe, expect, test } from '@jest/globals';
import { isRotationDue, type SigningKey, shownAt, signingAt } from './signing-key.ts';

const start = Date.parse('2026-11-29T12:00:00Z');
const after = (minutes: number): Date => new Date(start + minutes * 60_000);
const key = (id: string, made: number, signsFrom = made): SigningKey => ({
  ...{ id, createdAt: after(made).toISOString(), signsFrom: after(signsFrom).toISOString() },
});

describe('a signing key', () => {
  const [old, next] = [key('old', 0), key('next', 100, 110)];
  const ids = (keys: readonly SigningKey[]) => keys.map(({ id }) => id);

  test('is shown before it signs, and signs when its time has come', () => {
    expect(ids(shownAt([next, old], after(105)))).toEqual(['old', 'next']);
    expect(signingAt([next, old], after(109))?.id).toBe('old');
    expect(signingAt([next, old], after(110))?.id).toBe('next');
  });

  test('is shown until the last of its tokens has ended, with some minutes to spare', () => {
    expect(ids(shownAt([old, next], after(119)))).toEqual(['old', 'next']);
    expect(ids(shownAt([old, next], after(120)))).toEqual(['next']);
  });

  test('is replaced when it is due, and once', () => {
    const every = 90 * 60_000;
    expect(isRotationDue([], after(0), every)).toBe(true);
    expect(isRotationDue([old], after(89), every)).toBe(false);
    expect(isRotationDue([old], after(90), every)).toBe(true);
    expect(isRotationDue([old, next], after(105), every)).toBe(false);
  });

  test('signs nothing where there is none', () => {
    expect(signingAt([], after(0))).toBeUndefined();
    expect(signingAt([next], after(105))).toBeUndefined();
  });
});
