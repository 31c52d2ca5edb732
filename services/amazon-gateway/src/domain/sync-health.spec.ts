import { describe, expect, test } from '@jest/globals';
import { decideHealth, type HealthCommand, type SyncHealth } from './sync-health.ts';

const about = { id: '9b1deb4d-3b7d-5bad-9bdd-2b0d7b3dcb6d', tenant: 'store-1' };
const now = '2026-03-01T12:00:00.000Z';
const stall: HealthCommand = {
  ...{ type: 'stall', storeName: 'My shop', code: 'amazon.access-denied', words: 'Amazon denies access.' },
  ...{ needsPerson: true, lastSuccessAt: '2026-03-01T11:00:00.000Z' },
};
const recover: HealthCommand = { type: 'recover', storeName: 'My shop' };
const inStep: SyncHealth = { ...about, version: 2, stalledSince: null, code: null };
const stalled: SyncHealth = { ...about, version: 1, stalledSince: now, code: 'call.timeout' };

const told = (known: SyncHealth | undefined, command: HealthCommand) => {
  const decision = decideHealth(known, command, about, { now });
  return 'refused' in decision ? decision.refused : decision.events.map(({ definition }) => definition.type);
};

describe('that a store is out of step', () => {
  test.each([
    ['is told when nobody knew it', undefined, stall, ['amazon.sync.stalled']],
    ['is told again after it had recovered', inStep, stall, ['amazon.sync.stalled']],
    ['is told once', stalled, stall, 'already-done'],
    ['is over when it is in step again', stalled, recover, ['amazon.sync.recovered']],
    ['cannot be over twice', inStep, recover, 'already-done'],
    ['cannot be over when it never was', undefined, recover, 'already-done'],
  ] as const)('%s', (_, known, command, expected) => {
    expect(told(known, command)).toEqual(expected);
  });

  test('says why, since when it was in step last, and whether a person has to look', () => {
    expect(decideHealth(undefined, stall, about, { now })).toMatchObject({
      state: { stalledSince: now, code: 'amazon.access-denied' },
      events: [
        {
          data: {
            ...{ storeId: 'store-1', storeName: 'My shop', since: '2026-03-01T11:00:00.000Z', needsPerson: true },
            refusal: { code: 'amazon.access-denied', words: 'Amazon denies access.' },
          },
        },
      ],
    });
  });
});
