import { describe, expect, test } from '@jest/globals';
import { systemClock } from '@orderbus/kernel';
import type { Database } from '@orderbus/outbox';
import { createLog } from '@orderbus/service-kit';
import { usedKeys } from './used-keys.ts';

describe('when a key was last used', () => {
  test('is written down the next time where the database was away, and no stop fails for it', async () => {
    const written: unknown[] = [];
    let isAway = true;
    const query = async (_: string, parameters: unknown[]) => {
      if (isAway) throw new Error('away');
      written.push(parameters[0]);
      return [];
    };
    const { note, writer } = usedKeys({ query } as unknown as Database, systemClock, createLog({ service: 'access', level: 'silent' }));
    note('one');
    await writer.stop?.();
    isAway = false;
    note('two');
    await writer.stop?.();
    expect(written).toEqual([['one', 'two']]);
  });
});
