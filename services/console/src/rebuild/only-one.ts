import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@orderbus/outbox';

const lookEveryMs = 200;

/** Does it unless somebody else is at it, in any process: answers with whether it was done. The lock is a connection's, and free when its holder is gone. */
export const onlyOne = async ({ source }: Database, patienceMs: number, work: () => Promise<void>): Promise<boolean> => {
  const runner = source.createQueryRunner();
  const deadline = Date.now() + patienceMs;
  const lock = async (): Promise<boolean> => {
    const [row]: { got: boolean }[] = await runner.query(`select pg_try_advisory_lock(hashtext(current_schema() || ':rebuild')) as got`);
    return row?.got === true;
  };
  try {
    while (!(await lock())) {
      if (Date.now() >= deadline) return false;
      await sleep(lookEveryMs);
    }
    try {
      await work();
      return true;
    } finally {
      await runner.query(`select pg_advisory_unlock(hashtext(current_schema() || ':rebuild'))`).catch(() => {});
    }
  } finally {
    await runner.release();
  }
};
