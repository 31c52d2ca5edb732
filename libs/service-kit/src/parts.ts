import type { Log } from './log.ts';

/** A piece of a running service: a database, a broker, a server, a loop. */
export interface Part {
  readonly name?: string;
  start?(): Promise<void>;
  stop?(): Promise<void>;
}

/** A part that looks for work from time to time. */
export interface Job extends Part {
  /** Something of this service has been committed: there may be work for it. */
  wake?(): void;
}

/** Starts in order. When one fails, those that run are stopped again, and the error is thrown. */
export const startAll = async (parts: readonly Part[], log?: Log): Promise<void> => {
  const started: Part[] = [];
  for (const part of parts) {
    try {
      await part.start?.();
    } catch (error) {
      await stopAll(started, log).catch((stopError: unknown) => log?.error({ err: stopError }, 'stopping after a failed start failed too'));
      throw error;
    }
    started.push(part);
    log?.debug({ part: part.name }, 'part started');
  }
};

/** Stops in reverse order, all of them, whatever one of them throws; then throws what was thrown. */
export const stopAll = async (parts: readonly Part[], log?: Log): Promise<void> => {
  const errors: unknown[] = [];
  for (const part of parts.toReversed()) {
    try {
      await part.stop?.();
      log?.debug({ part: part.name }, 'part stopped');
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new AggregateError(errors, `${errors.length} parts did not stop cleanly`);
};
