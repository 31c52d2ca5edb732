import { decideBatch } from '../batch.ts';
import type { BrokerLog } from '../options.ts';
import { persist } from '../patience.ts';
import type { BatchHandler, ParkedHandler } from '../port.ts';
import { reasonOf } from '../reason.ts';
import type { Deed } from '../settle.ts';
import type { Engine } from './engine.ts';
import { copyFor, type Job, parkedOf, receive } from './job.ts';
import { parkedName } from './schema.ts';

type Process = (batch: readonly Job[], stopping: AbortSignal) => Promise<ReadonlySet<Job>>;

export interface FateOptions {
  readonly engine: Engine;
  readonly service: string;
  readonly retryDelaysMs: readonly number[];
  readonly maxBodyBytes: number;
  readonly log: BrokerLog;
}

/** A batch goes to the handler; then its jobs are deleted, and their copies inserted, in one transaction. What fails is tried again in hand. */
export const processBatches = (handler: BatchHandler, options: FateOptions): Process => {
  const { engine, service, retryDelaysMs, maxBodyBytes, log } = options;
  return async (batch, stopping) => {
    const received = batch.map((job) => receive(job, maxBodyBytes));
    const deeds = await persist(() => decideBatch(handler, received, retryDelaysMs), {
      signal: stopping,
      failed: failure(log, service, 'a batch failed'),
    });
    if (!deeds) return new Set();
    const settled = await persist(() => settleBatch(batch, deeds, options).then(() => true), {
      signal: stopping,
      failed: failure(log, service, 'a batch could not be settled'),
    });
    if (!settled) return new Set();
    if (deeds.some(({ act }) => act === 'copy-to-parked')) engine.bell.ring([parkedName(service)]);
    return new Set(batch);
  };
};

/** The parked queue, message by message. */
export const processParked = (
  handler: ParkedHandler,
  { engine, service, log }: Pick<FateOptions, 'engine' | 'service' | 'log'>,
): Process => {
  const queue = parkedName(service);
  return async (batch, stopping) => {
    const settled = new Set<Job>();
    for (const job of batch) {
      const handled = await persist(() => handler(parkedOf(job)).then(() => true), {
        signal: stopping,
        failed: failure(log, service, 'a parked message could not be handled'),
      });
      if (!handled) break;
      await persist(() => engine.boss.deleteJob(queue, job), {
        signal: stopping,
        failed: failure(log, service, 'a parked message could not be removed'),
      });
      settled.add(job);
      if (stopping.aborted) break;
    }
    return settled;
  };
};

const failure = (log: BrokerLog, service: string, what: string) => (error: unknown, pauseMs: number) =>
  log.error({ queue: service, pauseMs, reason: reasonOf(error) }, what);

const settleBatch = async (batch: readonly Job[], deeds: readonly Deed[], { engine, service }: FateOptions): Promise<void> => {
  const { boss, tables, transaction } = engine;
  const copies = batch.flatMap((job, index) => {
    const deed = deeds[index];
    return deed && deed.act !== 'forget' ? [{ job, deed }] : [];
  });
  if (copies.length === 0) {
    await boss.deleteJob(service, [...batch]);
    return;
  }
  await transaction(async (db) => {
    const { places } = await tables.route(db, copies.length, []);
    const inserts = copies.map(({ job, deed }, index) => ({ deed, insert: copyFor(job, deed, places[index] ?? 0) }));
    const later = inserts.filter(({ deed }) => deed.act === 'copy-to-delay').map(({ insert }) => insert);
    const parked = inserts.filter(({ deed }) => deed.act === 'copy-to-parked').map(({ insert }) => insert);
    if (later.length > 0) await boss.insert(service, later, { db });
    if (parked.length > 0) await boss.insert(parkedName(service), parked, { db });
    await boss.deleteJob(service, [...batch], { db });
  });
};
