import type { Database } from '@orderbus/outbox';
import type { Format } from './formats.ts';

/** A file that is being written in the background, or was. */
export interface Export {
  readonly id: string;
  readonly format: Format;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  readonly rows: number;
  /** Not counted yet. */
  readonly of: number | null;
  readonly problem: string | null;
}

/** What is to be in it, as it was asked for. */
export interface OpenExport extends Export {
  readonly request: unknown;
}

/** Long enough for the slowest chunk. Whoever died in the middle holds his export no longer. */
const claimMs = 60_000;
const mostAttempts = 3;

const columns = 'id, format, state, row_count as rows, of_count as of, problem';

type Queries = Pick<Database, 'query'>;

/** Once per id: sent again, it finds what is there. */
export const addExport = async (
  { query }: Queries,
  added: { id: string; owner: string; format: Format; request: unknown },
): Promise<void> => {
  await query('insert into export (id, owner, format, request) values ($1, $2, $3, $4) on conflict (id) do nothing', [
    added.id,
    added.owner,
    added.format,
    JSON.stringify(added.request),
  ]);
};

export const findExport = async ({ query }: Queries, id: string, owner: string): Promise<Export | undefined> => {
  const [row] = await query<Export>(`select ${columns} from export where id = $1 and owner = $2`, [id, owner]);
  return row;
};

/** The oldest that nobody works on. One that three attempts have not brought to its end is given up. */
export const claimExport = async ({ query }: Queries): Promise<OpenExport | undefined> => {
  await query(
    `update export set state = 'failed', problem = 'interrupted', request = '{}'
     where state = 'running' and claimed_until < clock_timestamp() and attempts >= ${mostAttempts}`,
  );
  const [row] = await query<OpenExport>(
    `update export set state = 'running', attempts = attempts + 1, row_count = 0, claimed_until = clock_timestamp() + $1 * interval '1 ms'
     where id = (select id from export where state = 'waiting' or (state = 'running' and claimed_until < clock_timestamp())
       order by created_at limit 1 for update skip locked)
     returning ${columns}, request`,
    [claimMs],
  );
  if (row !== undefined) await query('delete from export_chunk where export_id = $1', [row.id]);
  return row;
};

/** What the progress is measured by. */
export const countExport = async ({ query }: Queries, id: string, of: number): Promise<void> => {
  await query('update export set of_count = $2 where id = $1', [id, of]);
};

export const addChunk = async ({ query }: Queries, id: string, n: number, content: Uint8Array, rows: number): Promise<void> => {
  await query(
    `with written as (insert into export_chunk (export_id, n, content) values ($1, $2, $3))
     update export set row_count = $4, claimed_until = clock_timestamp() + $5 * interval '1 ms' where id = $1`,
    [id, n, content, rows, claimMs],
  );
};

/** What was asked for is forgotten: a search may hold a name. */
export const endExport = async (
  { query }: Queries,
  id: string,
  end: { readonly state: 'done' | 'failed'; readonly rows: number; readonly problem?: string },
): Promise<void> => {
  await query(`update export set state = $2, row_count = $3, problem = $4, request = '{}' where id = $1`, [
    id,
    end.state,
    end.rows,
    end.problem ?? null,
  ]);
};

/** Somebody else may go on with it at once. */
export const unclaimExport = async ({ query }: Queries, id: string): Promise<void> => {
  await query(`update export set state = 'waiting', attempts = attempts - 1, claimed_until = null where id = $1`, [id]);
};

/** The bytes of a file, chunk by chunk. */
export async function* contentOf({ query }: Queries, id: string): AsyncGenerator<Buffer> {
  for (let n = 0; ; n++) {
    const [row] = await query<{ content: Buffer }>('select content from export_chunk where export_id = $1 and n = $2', [id, n]);
    if (row === undefined) return;
    yield row.content;
  }
}

export const purgeExports = async ({ query }: Queries, before: Date): Promise<void> => {
  await query('delete from export where created_at < $1', [before.toISOString()]);
};
