import { AppError, newId } from '@orderbus/kernel';
import { every, type Part, type ServiceKit } from '@orderbus/service-kit';
import { inWords } from '../amazon/amazon-error.ts';
import type { FailedCall } from '../amazon/exchange.ts';
import { type LoggedError, recordErrors } from '../store/error-log.ts';

/** Keeps the communication error log: told at once, written a moment later. A call never waits for it, and never fails because of it. */
export interface ErrorRecorder extends Required<Part> {
  failed(call: FailedCall): void;
}

/** What waits while the database is away. More than that is counted in the metrics and in the log, but not kept. */
const mostWaiting = 1_000;

export const errorRecorder = ({ database, clock, log }: Pick<ServiceKit, 'database' | 'clock' | 'log'>): ErrorRecorder => {
  const waiting: LoggedError[] = [];
  let lost = 0;

  const write = async (): Promise<void> => {
    if (lost > 0) log.warn({ lost }, 'failed calls to Amazon could not be kept on record');
    lost = 0;
    const batch = waiting.slice();
    if (batch.length === 0) return;
    await recordErrors(database, batch);
    waiting.splice(0, batch.length);
  };
  const loop = every(1_000, write, { name: 'error log', log });

  return {
    name: 'error log',
    start: loop.start,
    stop: async () => {
      await loop.stop();
      await write().catch((err: unknown) => log.warn({ err, lost: waiting.length }, 'failed calls to Amazon could not be kept on record'));
    },
    failed: (call) => {
      if (waiting.length < mostWaiting) waiting.push(entryOf(call, clock.now()));
      else lost += 1;
    },
  };
};

const entryOf = ({ storeId, operation, subject, error }: FailedCall, at: Date): LoggedError => {
  const { code, details } = error instanceof AppError ? error : { code: 'unexpected', details: {} as AppError['details'] };
  return {
    id: newId(),
    storeId,
    operation,
    code: textOf(details.amazonCode) ?? code,
    message: textOf(details.amazonSays) ?? inWords(error),
    httpStatus: typeof details.status === 'number' ? details.status : null,
    requestId: textOf(details.requestId) ?? null,
    subject: subject ?? null,
    at: at.toISOString(),
  };
};

/** A null character has no place in a database. */
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value.replaceAll('\u0000', '') : undefined);
