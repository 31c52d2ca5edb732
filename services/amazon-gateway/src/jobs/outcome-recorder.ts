import { setTimeout as pause } from 'node:timers/promises';
import { isTransient } from '@orderbus/kernel';
import { type Execution, execute, isConnectionLoss, type Outcome, type Target } from '@orderbus/outbox';
import type { Log } from '@orderbus/service-kit';
import type { Command, Step } from '../domain/command.ts';

export interface OutcomeRecorderOptions {
  readonly execution: Execution;
  readonly ledger: Target<Step>;
  readonly log: Log;
  /** Told of each step that was taken. */
  readonly recorded: (command: Command, step: Step) => void;
}

/** Writes down what came of commands: whatever has arrived while the last transaction ran goes into the next one together. */
export interface OutcomeRecorder {
  /** Resolves once it is committed, or once it is given up: the command then counts as lost, and is read back. */
  record(command: Command, step: Step): Promise<void>;
  /** No more patience with a database that is away. */
  stop(): Promise<void>;
}

export const outcomeRecorder = (options: OutcomeRecorderOptions): OutcomeRecorder => {
  const stopping = new AbortController();
  let waiting: Entry[] = [];
  let writing: Promise<void> | undefined;

  const writeAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, mostAtOnce);
      await write(options, batch, stopping.signal);
      for (const { written } of batch) written();
    }
    writing = undefined;
  };

  return {
    record: (command, step) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting = [...waiting, { command, step, written: resolve }];
      writing ??= writeAll();
      return promise;
    },
    stop: async () => {
      stopping.abort();
      await writing;
    },
  };
};

interface Entry {
  readonly command: Command;
  readonly step: Step;
  readonly written: () => void;
}

const mostAtOnce = 200;
const patienceMs = 500;

/** Patient with a database that is away; a command that cannot be saved keeps no other one from being saved. */
const write = async (options: OutcomeRecorderOptions, batch: readonly Entry[], stop: AbortSignal): Promise<void> => {
  for (let error = await failureOf(options, batch); error !== undefined; error = await failureOf(options, batch)) {
    const passes = isTransient(error) || isConnectionLoss(error);
    if (!passes && batch.length > 1) {
      for (const entry of batch) await write(options, [entry], stop);
      return;
    }
    if (!passes || stop.aborted) {
      options.log.error(
        { err: error, commands: batch.map(({ command }) => command.id) },
        'what came of writes is lost: they will be read back',
      );
      return;
    }
    options.log.warn({ err: error, commands: batch.length }, 'what came of writes could not be saved, it is tried again');
    await pause(patienceMs, undefined, { signal: stop }).catch(() => {});
  }
};

const failureOf = (options: OutcomeRecorderOptions, batch: readonly Entry[]): Promise<unknown> =>
  take(options, batch).then(
    () => undefined,
    (error: unknown) => error,
  );

const take = async ({ execution, ledger, recorded }: OutcomeRecorderOptions, batch: readonly Entry[]): Promise<void> => {
  const items = batch.map(({ command, step }) => ({ key: command.id, command: step, cause: command.cause }));
  const outcomes: readonly Outcome[] = await execute(execution, ledger, items);
  batch.forEach(({ command, step }, n) => {
    if ('events' in (outcomes[n] as Outcome)) recorded(command, step);
  });
};
