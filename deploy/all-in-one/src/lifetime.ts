import type { Part } from '@orderbus/service-kit';
import { explain } from './explain.ts';

export interface Lifetime {
  /** Does the work of starting, and answers whether there is now something that runs. When it fails: as `fail`. */
  begin(work: () => Promise<void>): Promise<boolean>;
  /** Says why it cannot go on, stops what runs, and leaves with 1. */
  fail(reason: string): void;
}

const stopDeadlineMs = 20_000;
const sameSignalMs = 1_000;

/** The life of the process: from its first part to its last, through signals, failures and errors that nobody caught. */
export const lifetime = (system: Required<Pick<Part, 'stop'>>): Lifetime => {
  let leaving: number | undefined;

  const leave = async (exitCode: number): Promise<never> => {
    leaving = performance.now();
    setTimeout(() => {
      process.stderr.write('It does not stop in time. Leaving anyway.\n');
      process.exit(1);
    }, stopDeadlineMs).unref();
    try {
      await system.stop();
    } catch (error) {
      process.stderr.write(`Something did not stop cleanly: ${explain(error)}\n`);
      process.exit(1);
    }
    process.exit(exitCode);
  };

  const onSignal = (): void => {
    if (leaving === undefined) {
      process.stdout.write('\nStopping …\n');
      void leave(0).catch(() => {});
      return;
    }
    // The terminal and npm both deliver one Ctrl-C.
    if (performance.now() - leaving < sameSignalMs) return;
    process.stderr.write('Asked twice: leaving at once.\n');
    process.exit(1);
  };

  const fail = (reason: string): void => {
    if (leaving !== undefined) return;
    process.stderr.write(`${reason}\n`);
    void leave(1);
  };

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  process.on('uncaughtException', (error) => fail(`An error that nobody expected: ${error.stack ?? error.message}`));
  // A terminal that is gone must not be the end of an orderly stop.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

  return {
    fail,
    begin: async (work) => {
      try {
        await work();
        return leaving === undefined;
      } catch (error) {
        // While leaving, a start that fails is only a start that was cut short.
        fail(explain(error));
        return false;
      }
    },
  };
};
