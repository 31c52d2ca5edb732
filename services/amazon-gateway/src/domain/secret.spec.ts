import { describe, expect, test } from '@jest/globals';
import { decideSecret, type SecretCommand } from './secret.ts';

const dayMs = 86_400_000;
const setAt = '2026-01-01T00:00:00.000Z';
const look: SecretCommand = { type: 'look', secret: 'client-secret', storeName: 'My shop', setAt, lifetimeMs: 180 * dayMs };
const after = (days: number): string => new Date(Date.parse(setAt) + days * dayMs).toISOString();

const told = (warned: number | null | undefined, days: number, change: Partial<SecretCommand> = {}) => {
  const known = warned === undefined ? undefined : { warned, setAt };
  const decision = decideSecret(known, { ...look, ...change }, { tenant: 'main' }, { now: after(days) });
  if ('refused' in decision) return decision.refused;
  return decision.events.map(({ definition, data }) => `${definition.type} ${(data as { daysBefore?: number }).daysBefore ?? ''}`.trim());
};

describe('a secret that opens a store for 180 days', () => {
  test.each([
    ['is no news on its first day', undefined, 0, 'already-done'],
    ['is no news before the last month', undefined, 149.9, 'already-done'],
    ['is told 30 days before its end', undefined, 150, ['amazon.secret.expiring 30']],
    ['is told of once', 30, 172.9, 'already-done'],
    ['is told again 7 days before', 30, 173, ['amazon.secret.expiring 7']],
    ['is told again a day before', 7, 179, ['amazon.secret.expiring 1']],
    ['is told again at its end', 1, 180, ['amazon.secret.expiring 0']],
    ['is told of no more after that', 0, 900, 'already-done'],
    ['is told of with the latest warning, when nobody looked before', undefined, 400, ['amazon.secret.expiring 0']],
  ] as const)('%s', (_, warned, days, expected) => {
    expect(told(warned, days)).toEqual(expected);
  });

  test.each([
    ['was renewed', { setAt: after(175) }],
    ['lasts for longer than was thought', { lifetimeMs: 400 * dayMs }],
    ['belongs to a store that is gone, or lasts without end', { lifetimeMs: null }],
  ])('makes what was said of it void when it %s; once', (_, change) => {
    expect(told(7, 176, change)).toEqual(['amazon.secret.renewed']);
    expect(told(null, 176, change)).toBe('already-done');
  });

  test('says until when, and of which store', () => {
    expect(decideSecret(undefined, look, { tenant: 'main' }, { now: after(150) })).toMatchObject({
      state: { secret: 'client-secret', setAt, warned: 30 },
      events: [{ data: { storeId: 'main', storeName: 'My shop', secret: 'client-secret', expiresAt: after(180), daysBefore: 30 } }],
    });
  });
});
