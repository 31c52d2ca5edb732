import { expect, test } from '@jest/globals';
import { reviewOf } from './access-review.ts';
import type { ApiKey } from './api-key.ts';
import { aPerson, type Person } from './person.ts';

const now = new Date('2026-11-29T12:00:00Z');
const daysAgo = (days: number): string => new Date(now.getTime() - days * 86_400_000).toISOString();
const person = (id: string, change: Partial<Person> = {}): Person => ({
  ...aPerson(
    { id, email: `${id}@example.com`, name: id, createdAt: daysAgo(200), createdBy: 'test', role: 'viewer', permissions: [], stores: '*' },
    'enabled',
  ),
  ...{ totp: 'sealed', lastSignInAt: daysAgo(1) },
  ...change,
});
const key = (id: string, change: Partial<ApiKey> = {}): ApiKey => ({
  ...{ id, name: id, makerId: 'ann', permissions: ['read'], stores: '*', createdAt: daysAgo(10), expiresAt: daysAgo(-100) },
  ...{ lastUsedAt: daysAgo(1), revokedAt: null, revokedBy: null },
  ...change,
});

test('the access review points at what somebody should look at', () => {
  const people = [
    person('ann'),
    person('bob', { lastSignInAt: daysAgo(91), totp: null, permissions: ['see-buyer-data', 'manage-access'] }),
    person('cleo', { totp: null, identity: 'https://login.example.com 7' }),
    person('dan', { state: 'disabled', lastSignInAt: daysAgo(400) }),
    person('eve', { lastSignInAt: null }),
  ];
  const keys = [
    key('fine'),
    key('old', { lastUsedAt: null, createdAt: daysAgo(120), expiresAt: daysAgo(-5), permissions: ['see-buyer-data'] }),
    key('orphan', { makerId: 'dan' }),
    key('revoked', { revokedAt: daysAgo(1) }),
    key('expired', { expiresAt: daysAgo(1) }),
  ];
  expect(Object.fromEntries(reviewOf(people, keys, now).map(({ id, remarks }) => [id, remarks]))).toEqual({
    ann: [],
    bob: ['unused-for-90-days', 'without-second-factor', 'sees-buyers', 'manages-access'],
    cleo: [],
    dan: [],
    eve: ['unused-for-90-days'],
    fine: [],
    old: ['unused-for-90-days', 'sees-buyers', 'expires-soon'],
    orphan: ['maker-disabled'],
  });
});
