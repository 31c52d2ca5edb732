import { describe, expect, test } from '@jest/globals';
import { type ApiKey, problemOfKey, readKey, rightsOfKey, writtenKey } from './api-key.ts';
import { aPerson, type Person } from './person.ts';

const now = new Date('2026-11-29T12:00:00Z');
const inDays = (days: number): string => new Date(now.getTime() + days * 86_400_000).toISOString();
const about = { id: 'p', email: 'p@example.com', name: 'P', createdAt: inDays(-9), createdBy: 'test' };
const maker: Person = aPerson({ ...about, role: 'operator', permissions: ['see-buyer-data', 'manage-access'], stores: '*' }, 'enabled');
const key: ApiKey = {
  ...{
    id: 'abcdefgh12345678',
    name: 'ERP',
    makerId: 'p',
    permissions: ['read', 'operate', 'see-buyer-data'],
    stores: ['store-1', 'store-2'],
  },
  ...{ createdAt: inDays(-1), expiresAt: inDays(30), lastUsedAt: null, revokedAt: null, revokedBy: null },
};

describe('an API key', () => {
  test('never may more than its maker, on the day it is made', () => {
    expect(problemOfKey(key, maker, now)).toBeUndefined();
    expect(problemOfKey({ ...key, permissions: ['read', 'books'] }, maker, now)).toBe('more-than-own');
    expect(problemOfKey({ ...key, stores: '*' }, { ...maker, stores: ['store-1'] }, now)).toBe('more-than-own');
  });

  test('nor later, when he has lost something', () => {
    expect(rightsOfKey(key, maker, now)).toEqual({ permissions: ['read', 'operate', 'see-buyer-data'], stores: ['store-1', 'store-2'] });
    const less: Person = { ...maker, role: 'viewer', permissions: [], stores: ['store-2', 'store-3'] };
    expect(rightsOfKey(key, less, now)).toEqual({ permissions: ['read'], stores: ['store-2'] });
    expect(rightsOfKey({ ...key, stores: '*' }, less, now)?.stores).toEqual(['store-2', 'store-3']);
  });

  test('opens nothing once it has expired, was revoked, or its maker is disabled', () => {
    expect(rightsOfKey({ ...key, expiresAt: now.toISOString() }, maker, now)).toBeUndefined();
    expect(rightsOfKey({ ...key, revokedAt: inDays(-1) }, maker, now)).toBeUndefined();
    expect(rightsOfKey(key, { ...maker, state: 'disabled' }, now)).toBeUndefined();
  });

  test('has an end, within a year', () => {
    expect(problemOfKey({ ...key, expiresAt: inDays(366) }, maker, now)).toBeUndefined();
    expect(problemOfKey({ ...key, expiresAt: inDays(367) }, maker, now)).toBe('expires-too-late');
    expect(problemOfKey({ ...key, expiresAt: inDays(-1) }, maker, now)).toBe('expired-already');
  });

  test('is read as it is written, and nothing else is one', () => {
    const secret = 'x'.repeat(43);
    expect(readKey(writtenKey(key.id, secret))).toEqual({ id: key.id, secret });
    for (const none of ['', 'obk_', `obk_${key.id}_short`, `obk_${key.id}_${secret}x`, ` ${writtenKey(key.id, secret)}`])
      expect(readKey(none)).toBeUndefined();
  });
});
