import { describe, expect, test } from '@jest/globals';
import { isTooOld, passwordProblems } from './password.ts';

const anna = { email: 'a.lindqvist@example.com', name: 'Anna Lindqvist' };
const problems = (password: string) => passwordProblems(password, anna);

describe('a password', () => {
  test('is good when it is long, mixed and nobody\u2019s name', () => {
    for (const good of ['Teal-Harbor-49-lamps', 'vier Mühlen & 7 Gänse', 'x9#Kd!2mPq$7Lw']) expect(problems(good)).toEqual([]);
  });

  test('has twelve characters at least, and an end', () => {
    expect(problems('Xk7#Xk9#Lm2')).toEqual(['too-short']);
    expect(problems(`Aa1!${'-xyz'.repeat(64)}`)).toEqual(['too-long']);
    // A character is what a person sees as one, not its bytes.
    expect(problems('Kö7#🦆🦆🦆🦆a')).toContain('too-short');
  });

  test('mixes small and capital letters, digits and signs', () => {
    for (const plain of ['teal-harbor-49-lamps', 'TEAL-HARBOR-49-LAMPS', 'Teal-Harbor-no-lamps', 'TealHarbor49lamps'])
      expect(problems(plain)).toEqual(['not-mixed']);
  });

  test('holds no part of the name or of the address, in whatever case', () => {
    expect(problems('Harbor-49-LINDQVIST-x')).toEqual(['holds-name']);
    expect(problems('49-teal-aNNa-Lamps!')).toEqual(['holds-name']);
    expect(passwordProblems('Teal-Harbor-49-lamps', { email: 'harbor@example.com', name: 'Bo' })).toEqual(['holds-name']);
  });

  test('is none of the commonest, with whatever digits and signs around it', () => {
    for (const common of [
      'Password1234!',
      'P@ssw0rd2026!',
      'Welcome-2026-!',
      'Qwertz123456!',
      'Orderbus2026!!',
      'AdminAdmin12!',
      'Aa1!Aa1!Aa1!',
    ])
      expect(problems(common)).toEqual(['common']);
  });

  test('is too old after its time, and never without a day on which it was set', () => {
    const [now, year] = [new Date('2026-11-29T12:00:00Z'), 365 * 86_400_000];
    expect(isTooOld('2025-11-29T12:00:00Z', now, year)).toBe(false);
    expect(isTooOld('2025-11-29T11:59:59Z', now, year)).toBe(true);
    expect(isTooOld(null, now, year)).toBe(false);
  });
});
