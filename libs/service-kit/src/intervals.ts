import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from './log.ts';
import type { Job } from './parts.ts';

export interface LoopOptions {
  readonly name: string;
  readonly log: Log;
  /** The pause after a turn that answers `false`: it has found nothing to do. `wake` ends it. Default: as after any other. */
  readonly idleMs?: number;
}

/**
 * A loop: a turn at once, then one `ms` after the end of the turn before, so turns never overlap. A turn that throws is logged and
 * the loop goes on. `stop` aborts the signal and waits for the running turn.
 */
export const every = (
  ms: number,
  turn: (signal: AbortSignal) => Promise<unknown>,
  { name, log, idleMs = ms }: LoopOptions,
): Required<Job> => {
  let controller = new AbortController();
  let nudge = new AbortController();
  let loop: Promise<void> | undefined;

  const rest = async (found: boolean, signal: AbortSignal): Promise<void> => {
    await pause(ms, undefined, { signal });
    if (!found && idleMs > ms) await pause(idleMs - ms, undefined, { signal: AbortSignal.any([signal, nudge.signal]) });
  };

  const go = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      nudge = new AbortController();
      let found = true;
      try {
        found = (await turn(signal)) !== false;
      } catch (err) {
        if (!signal.aborted) log.error({ err, loop: name }, 'a turn failed, the loop goes on');
      }
      await rest(found, signal).catch(() => undefined);
    }
  };

  return {
    name,
    async start() {
      if (loop !== undefined) return;
      controller = new AbortController();
      loop = go(controller.signal);
    },
    async stop() {
      controller.abort();
      await loop;
      loop = undefined;
    },
    wake: () => nudge.abort(),
  };
};
