import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Database } from '@orderbus/outbox';
import { aCommand } from '../../test/a-command.ts';
import { permitFor } from './permit.ts';

const leaseMs = 180_000;

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** A database that answers after a while. */
const permit = (rows: readonly object[], afterMs = 5) => {
  const query = async () => {
    jest.advanceTimersByTime(afterMs);
    return rows;
  };
  return permitFor({ query } as unknown as Database, aCommand({ state: 'sending', fence: 3 }), leaseMs);
};

describe('a command that is about to leave', () => {
  test('may, as long as it is ours', async () => {
    await expect(permit([{ id: aCommand().id }])()).resolves.toBeUndefined();
  });

  test('may not when another one has claimed it', async () => {
    await expect(permit([])()).rejects.toMatchObject({ code: 'ledger.lease-lost' });
  });

  test('may not when the process was held up while it asked', async () => {
    await expect(permit([{ id: aCommand().id }], leaseMs)()).rejects.toMatchObject({ code: 'ledger.lease-lost' });
  });
});
