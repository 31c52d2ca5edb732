import { describe, expect, test } from '@jest/globals';
import { failingChecks } from './health.ts';

describe('health checks', () => {
  test('that all answer report nothing', async () => {
    expect(await failingChecks({ database: async () => 1, disk: () => undefined })).toEqual([]);
  });

  test('that throw are named with their reason', async () => {
    const error = new Error('no connection');
    const failed = await failingChecks({
      database: async () => {
        throw error;
      },
      migrations: () => {
        throw error;
      },
      disk: async () => undefined,
    });
    expect(failed).toEqual([
      { name: 'database', error },
      { name: 'migrations', error },
    ]);
  });

  test('that hang fail at the deadline, together', async () => {
    const called: string[] = [];
    const hanging = (name: string) => () => {
      called.push(name);
      return new Promise<void>(() => undefined);
    };
    const answer = failingChecks({ database: hanging('database'), vault: hanging('vault') }, 20);
    expect(called).toEqual(['database', 'vault']);
    const failed = await answer;
    expect(failed.map(({ name }) => name)).toEqual(['database', 'vault']);
    expect(failed[0]?.error).toMatchObject({ kind: 'unavailable', code: 'health.no-answer' });
  });
});
