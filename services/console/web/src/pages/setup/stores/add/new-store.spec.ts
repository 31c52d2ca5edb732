import { describe, expect, test } from '@jest/globals';
import { bodyOf, emptyStore, idFor, isComplete, type NewStore, startOf } from './new-store.ts';

const now = new Date('2026-05-04T12:00:00Z');

const filled: NewStore = {
  ...emptyStore('amazon'),
  ...{ name: ' Main ', id: 'main', region: 'eu' },
  credentials: { clientId: ' amzn1.application-oa2-client.a ', clientSecret: 's', refreshToken: 'Atzr|t\n' },
};

describe('a new store', () => {
  test('with the real Amazon begins read-only, and with the sandbox it does not', () => {
    expect([emptyStore('amazon').readOnly, emptyStore('sandbox').readOnly]).toEqual([true, false]);
  });

  test('gets an id from its name, which services accept', () => {
    expect(['Harbor & Pine (Europe)', 'Müller', '***'].map(idFor)).toEqual(['harbor-pine-europe', 'muller', '']);
  });

  test('is sent without the spaces that copying brings along, and without what was left empty', () => {
    expect(bodyOf(filled, now)).toEqual({
      ...{ id: 'main', name: 'Main', region: 'eu', marketplaces: [], readOnly: true },
      credentials: { clientId: 'amzn1.application-oa2-client.a', clientSecret: 's', refreshToken: 'Atzr|t' },
    });
  });

  test('reads as far back as was chosen', () => {
    const since = (one: Partial<NewStore>) => startOf({ ...filled, ...one }, now);
    expect(since({ since: 'now' })).toBeUndefined();
    expect(since({ since: 'day7' })).toBe('2026-04-27T12:00:00.000Z');
    expect(since({ since: 'date', sinceLocal: '2026-01-01T00:00Z' })).toBe('2026-01-01T00:00:00.000Z');
  });

  test.each([
    ['account', { id: 'main' }, false],
    ['account', { id: 'other' }, true],
    ['account', { id: 'with space' }, false],
    ['account', { id: 'other', sellerId: 'short' }, false],
    ['credentials', {}, true],
    ['credentials', { credentials: { ...filled.credentials, clientSecret: ' ' } }, false],
    ['credentials', { credentials: { ...filled.credentials, refreshToken: 'token' } }, false],
    ['scope', { since: 'date', sinceLocal: '' }, false],
    ['scope', { since: 'date', sinceLocal: '2100-01-01T00:00' }, false],
  ] as const)('at the step %s with %j may go on: %s', (step, part, may) => {
    expect(isComplete(step, { ...filled, ...part }, [{ id: 'main' }], now)).toBe(may);
  });
});
