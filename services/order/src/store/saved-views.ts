import type { Database } from '@orderbus/outbox';

/** A list as somebody likes to see it. */
export interface SavedView {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly definition: Record<string, unknown>;
}

type Queries = Pick<Database, 'query'>;

/** More than anybody can tell apart. */
export const mostViews = 100;

/** One caller's, by their names. */
export const listViews = ({ query }: Queries, owner: string): Promise<SavedView[]> =>
  query(`select id, name, version, definition from saved_view where owner = $1 order by name limit ${mostViews}`, [owner]);

export const findView = async ({ query }: Queries, owner: string, id: string): Promise<SavedView | undefined> => {
  const [row] = await query<SavedView>('select id, name, version, definition from saved_view where owner = $1 and id = $2', [owner, id]);
  return row;
};

/** Once per id: sent again, it finds what is there. */
export const addView = async ({ query }: Queries, owner: string, { id, name, definition }: Omit<SavedView, 'version'>): Promise<Added> => {
  const [row] = await query<SavedView>(
    `insert into saved_view (id, owner, name, definition)
     select $1, $2, $3, $4 where (select count(*) from saved_view where owner = $2) < ${mostViews}
     on conflict do nothing returning id, name, version, definition`,
    [id, owner, name, JSON.stringify(definition)],
  );
  const found = row ?? (await findView({ query }, owner, id));
  if (found !== undefined) return found;
  return (await isNameTaken({ query }, owner, id, name)) ? 'name-taken' : 'too-many';
};
type Added = SavedView | 'name-taken' | 'too-many';

/** Nothing, when it is not there in this version any more. */
export const replaceView = async (
  { query }: Queries,
  owner: string,
  { id, name, version, definition }: SavedView,
): Promise<SavedView | 'name-taken' | undefined> => {
  if (await isNameTaken({ query }, owner, id, name)) return 'name-taken';
  const [row] = await query<SavedView>(
    `update saved_view set name = $4, definition = $5, version = version + 1 where owner = $1 and id = $2 and version = $3
     returning id, name, version, definition`,
    [owner, id, version, name, JSON.stringify(definition)],
  );
  return row;
};

export const removeView = async ({ query }: Queries, owner: string, id: string): Promise<boolean> =>
  (await query('delete from saved_view where owner = $1 and id = $2 returning 1', [owner, id])).length > 0;

const isNameTaken = async ({ query }: Queries, owner: string, id: string, name: string): Promise<boolean> =>
  (await query('select 1 from saved_view where owner = $1 and name = $3 and id <> $2', [owner, id, name])).length > 0;
