import { AppError } from '@orderbus/kernel';
import { every, type Part } from '@orderbus/service-kit';
import { logsOf } from '../rebuild/logs.ts';
import { fill, type Step } from '../rebuild/rebuild.ts';
import type { ConsoleKit } from '../surroundings.ts';

const everyMs = 5_000;

/** After a minute it is no start-up any more: that is said once. */
const toldAfter = 12;

/** Reads what happened before there was a console, once; and what a rebuild has left that was broken off. */
export const filler = ({ database, log, headersFor, config }: Pick<ConsoleKit, 'database' | 'log' | 'headersFor' | 'config'>): Part => {
  const logs = logsOf(config.SERVICES, headersFor, database);
  const report = ({ service, upTo, last, begins }: Step): void => {
    if (upTo >= last) log.info({ log: service, events: last, begins }, 'an event log was read to its end');
  };
  let failed = 0;
  const turn = async (signal: AbortSignal): Promise<void> => {
    try {
      await fill({ database, logs, report, signal });
      failed = 0;
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof AppError)) throw error;
      failed++;
      const level = failed === toldAfter ? 'warn' : 'info';
      log[level]({ code: error.code, ...error.details }, 'what happened before cannot be read yet: it is tried again');
    }
  };
  return every(everyMs, turn, { name: 'console.fill', log });
};
