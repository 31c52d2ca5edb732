import type { Database } from '@orderbus/outbox';
import { openStates } from '../domain/lifecycle.ts';

/** How the stores of an installation stand, for whoever looks at it from outside. */
export interface Standing {
  readonly stores: readonly StoreStanding[];
  /** Writes to Amazon that have not come to their end. */
  readonly writes: readonly { readonly state: (typeof openStates)[number]; readonly count: number; readonly oldestAgeSeconds: number }[];
}

interface StoreStanding {
  readonly storeId: string;
  readonly status: 'active' | 'paused';
  readonly readOnly: boolean;
  /** Since it was last in step with Amazon; before its first time, since it was connected. */
  readonly secondsBehind: number;
  readonly lastErrorCode: string | null;
}

export const standingOf = async (database: Pick<Database, 'query'>): Promise<Standing> => ({
  stores: await database.query<StoreStanding>(
    `select s.id as "storeId", s.status, c.last_error_code as "lastErrorCode",
       exists (select 1 from read_only r where r.read_only and (r.store_id = s.id or r.store_id is null)) as "readOnly",
       extract(epoch from clock_timestamp() - coalesce(c.last_success_at, s.created_at))::float8 as "secondsBehind"
     from store s left join sync_cursor c on c.store_id = s.id order by s.id`,
  ),
  writes: await database.query(
    `select state, count(*)::int as count, extract(epoch from clock_timestamp() - min(requested_at))::float8 as "oldestAgeSeconds"
     from amazon_command where state = any($1) group by state order by state`,
    [openStates],
  ),
});
