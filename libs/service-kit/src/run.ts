import { createLog, type Log } from './log.ts';
import { type Part, stopAll } from './parts.ts';

export interface RunOptions {
  /** Default: the log of the first part that has one. */
  readonly log?: Log;
  /** How long a stop may take before the process leaves anyway. */
  readonly stopDeadlineMs?: number;
}

/** A part may lend its log to `run`. */
export type RunnablePart = Part & { readonly log?: Log };

/** The life of a service's process: `await run(app.database, app.broker, app.relay, app.http)`. See `runParts`. */
export const run = (...parts: readonly RunnablePart[]): Promise<void> => runParts(parts);

/**
 * Starts the parts in order, and stops them in reverse on SIGTERM or SIGINT: exit code 0. A failed start, an error that nobody caught,
 * a second signal, or a stop beyond the deadline: exit code 1. Owns the process's signals; in-process users take `startAll` and `stopAll`.
 */
export const runParts = async (parts: readonly RunnablePart[], options: RunOptions = {}): Promise<void> => {
  const log = options.log ?? parts.find((part) => part.log)?.log ?? createLog({ service: 'process' });
  const started: Part[] = [];
  let stopping = false;

  const leave = async (exitCode: number): Promise<void> => {
    stopping = true;
    const stopDeadlineMs = options.stopDeadlineMs ?? 25_000;
    // Not unreferenced: a stop that waits for nothing the event loop knows would let the process end as if all were well.
    setTimeout(() => {
      log.fatal({ stopDeadlineMs }, 'not stopped in time, leaving');
      process.exit(1);
    }, stopDeadlineMs);
    try {
      await stopAll(started, log);
      log.info('stopped');
      process.exit(exitCode);
    } catch (error) {
      log.error({ err: error }, 'did not stop cleanly');
      process.exit(1);
    }
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stopping) {
      log.fatal({ signal }, 'second signal, leaving at once');
      process.exit(1);
    }
    log.info({ signal }, 'stopping');
    void leave(0);
  };
  const onStray = (err: unknown): void => {
    log.fatal({ err }, 'an error that nobody caught');
    if (!stopping) void leave(1);
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  // Rejections that nobody handled arrive here as well.
  process.on('uncaughtException', onStray);

  for (const part of parts) {
    try {
      await part.start?.();
    } catch (err) {
      log.fatal({ err, part: part.name }, `cannot start: ${err instanceof Error ? err.message : String(err)}`);
      if (!stopping) await leave(1);
      return;
    }
    // A signal came in between: what is started now is no longer in the list that is being stopped.
    if (stopping) return part.stop?.();
    started.push(part);
    log.debug({ part: part.name }, 'part started');
  }
  log.info('started');
};
