import { AppError } from '@orderbus/kernel';
import type { Database } from '@orderbus/outbox';
import { every, type Part, type ServiceKit } from '@orderbus/service-kit';
import type { Listing } from '../store/list-statements.ts';
import { type ColumnName, rowOf } from './columns.ts';
import { addChunk, claimExport, countExport, endExport, type OpenExport, purgeExports, unclaimExport } from './exports.ts';
import { writeFile } from './formats.ts';
import { countOrders, everyOrder } from './rows.ts';

/** What an export is made of: its request, understood. */
export interface Wanted {
  readonly listing: Listing;
  readonly columns: readonly ColumnName[];
}

export interface ExportJobsOptions {
  readonly understand: (request: unknown) => Promise<Wanted>;
  readonly lookEveryMs?: number;
}

const keptMs = 24 * 3_600_000;
const chunkBytes = 256 * 1_024;

/** Writes the files that were asked for, one at a time, and forgets them after a day. */
export const exportJobs = (
  { database, log, clock }: Pick<ServiceKit, 'database' | 'log' | 'clock'>,
  { understand, lookEveryMs = 500 }: ExportJobsOptions,
): Part[] => {
  const work = async (signal: AbortSignal): Promise<boolean> => {
    let found = false;
    for (let open = await claimExport(database); open !== undefined && !signal.aborted; open = await claimExport(database)) {
      const { id } = open;
      found = true;
      try {
        const rows = await write(database, open, await understand(open.request), signal);
        await endExport(database, id, { state: 'done', rows });
      } catch (err) {
        if (signal.aborted) {
          await unclaimExport(database, id);
          return true;
        }
        log.error({ err, exportId: id }, 'an export failed');
        await endExport(database, id, { state: 'failed', rows: 0, problem: err instanceof AppError ? err.code : 'internal' });
      }
    }
    return found;
  };
  return [
    every(lookEveryMs, work, { name: 'exports', log, idleMs: 2 * lookEveryMs }),
    every(3_600_000, () => purgeExports(database, new Date(clock.now().getTime() - keptMs)), { name: 'purge-exports', log }),
  ];
};

/** Everything is read in one transaction, as it was when it began; what has been written so far can be seen from outside. */
const write = async (
  database: Database,
  { id, format }: OpenExport,
  { listing, columns }: Wanted,
  signal: AbortSignal,
): Promise<number> => {
  await countExport(database, id, await countOrders(database, listing));
  let rows = 0;
  await database.transaction(async (tx) => {
    const cells = async function* () {
      for await (const order of everyOrder(tx, listing)) {
        yield rowOf(order, columns);
        rows++;
      }
    };
    let n = 0;
    for await (const chunk of inChunks(writeFile(format, columns, cells()))) {
      signal.throwIfAborted();
      await addChunk(database, id, n++, chunk, rows);
    }
  });
  return rows;
};

async function* inChunks(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of stream) {
    parts.push(part);
    bytes += part.byteLength;
    if (bytes < chunkBytes) continue;
    yield Buffer.concat(parts);
    parts = [];
    bytes = 0;
  }
  if (bytes > 0) yield Buffer.concat(parts);
}
