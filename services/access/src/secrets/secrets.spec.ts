import { describe, expect, test } from '@jest/globals';
import { generateKey, keyRing } from '@orderbus/service-kit';
import { Secret, TOTP } from 'otpauth';
import { formTokenOf, hashOf, isHashOf, isSame, newKeyId, newRecoveryCode, newSecret, normalRecoveryCode } from './once.ts';
import { hashing } from './password-hash.ts';
import { authenticator } from './totp.ts';

describe('a password', () => {
  const least = hashing(19);

  test('is kept as argon2id, never twice the same', async () => {
    const [one, other] = await Promise.all([least.hash('Teal-Harbor-49-lamps'), least.hash('Teal-Harbor-49-lamps')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=3,p=1\$/);
    expect(one).not.toBe(other);
    expect(await least.verify('Teal-Harbor-49-lamps', one)).toBe(true);
    expect(await least.verify('Teal-Harbor-49-lampS', one)).toBe(false);
  });

  test('of nobody is right for nobody', async () => {
    expect(await least.verify('of nobody', undefined)).toBe(false);
  });

  test('is the same on every keyboard', async () => {
    expect(await least.verify('Gru\u0308n-4-Häuser!', await least.hash('Gr\u00fcn-4-Häuser!'))).toBe(true);
  });

  test('is known to be one of those before', async () => {
    const before = await Promise.all(['One-4-the-Road', 'Two-4-the-Road'].map(least.hash));
    expect(await least.isAmong('Two-4-the-Road', before)).toBe(true);
    expect(await least.isAmong('Three-4-the-Road', before)).toBe(false);
  });

  test('that was hashed with less effort is known as such', async () => {
    const weak = await least.hash('Teal-Harbor-49-lamps');
    expect([least.isWeak(weak), hashing(64).isWeak(weak)]).toEqual([false, true]);
  });
});

describe('a code of the authenticator', () => {
  let now = new Date('2026-11-29T12:00:00Z');
  const ring = keyRing(`k1:${generateKey()}`);
  const codes = authenticator(ring, { now: () => now });
  const person = { id: '5b3f2a5e-9f54-4f4e-8d0b-2f0a6f1f8a11', email: 'anna@example.com', totpStep: 0 };
  const sealed = codes.offer(person.id);
  const secret = Secret.fromBase32(codes.secretOf(sealed, person.id).replaceAll(' ', ''));
  const codeAt = (time: Date) => new TOTP({ secret }).generate({ timestamp: time.getTime() });
  const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000);

  test('is taken now, and one step early or late', () => {
    for (const seconds of [-30, 0, 30]) expect(codes.stepOf(codeAt(later(seconds)), sealed, person)).toBeGreaterThan(0);
    for (const seconds of [-60, 60]) expect(codes.stepOf(codeAt(later(seconds)), sealed, person)).toBeUndefined();
    expect(codes.stepOf('not a code', sealed, person)).toBeUndefined();
  });

  test('is not taken twice, nor one before it', () => {
    const totpStep = codes.stepOf(codeAt(now), sealed, person) as number;
    expect(codes.stepOf(codeAt(now), sealed, { ...person, totpStep })).toBeUndefined();
    expect(codes.stepOf(codeAt(later(-30)), sealed, { ...person, totpStep })).toBeUndefined();
    now = later(30);
    expect(codes.stepOf(codeAt(now), sealed, { ...person, totpStep })).toBe(totpStep + 1);
  });

  test('belongs to one person: his secret cannot be put in for somebody else', () => {
    expect(() => codes.secretOf(sealed, 'ffffffff-9f54-4f4e-8d0b-2f0a6f1f8a11')).toThrow('sealing.broken');
  });

  test('is set up by an address that apps read', () => {
    expect(codes.urlOf(sealed, person)).toBe(
      `otpauth://totp/Orderbus:anna%40example.com?issuer=Orderbus&secret=${secret.base32}&algorithm=SHA1&digits=6&period=30`,
    );
  });
});

describe('a secret', () => {
  test('has 256 bits, and is known again by its hash', () => {
    const secret = newSecret();
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect([isHashOf(secret, hashOf(secret)), isHashOf(newSecret(), hashOf(secret))]).toEqual([true, false]);
    expect([isSame('a', 'a'), isSame('a', 'b'), isSame('a', 'ab')]).toEqual([true, false, false]);
  });

  test('of a form follows from the cookie alone', () => {
    expect(formTokenOf('cookie')).toBe(formTokenOf('cookie'));
    expect(formTokenOf('cookie')).not.toBe(formTokenOf('cookie2'));
  });

  test('to be written down is read however it is typed', () => {
    const code = newRecoveryCode();
    expect(code).toMatch(/^([A-HJ-NP-Z2-9]{4}-){3}[A-HJ-NP-Z2-9]{4}$/);
    expect(normalRecoveryCode(` ${code.toLowerCase().replaceAll('-', ' ')}`)).toBe(code.replaceAll('-', ''));
    expect(newKeyId()).toMatch(/^[a-z0-9]{16}$/);
  });
});
