import { firstIdAt } from '@orderbus/kernel';
import type { Database } from '@orderbus/outbox';

const forgottenAtOnce = 5_000;

/** Forgets what happened before this moment, the oldest first: the ids of events begin with their time. Answers with how many. */
export const forgetTimeline = async (database: Database, before: Date): Promise<number> => {
  for (let forgotten = 0; ; ) {
    const gone = await database.query(
      'delete from timeline_entry where id in (select id from timeline_entry where id < $1 order by id limit $2) returning 1',
      [firstIdAt(before), forgottenAtOnce],
    );
    forgotten += gone.length;
    if (gone.length < forgottenAtOnce) return forgotten;
  }
};
