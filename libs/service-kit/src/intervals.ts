import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from './log.ts';
import type { Part } from './parts.ts';

/**
 * A loop: a turn at once, then one `ms` after the end of the turn before, so turns never overlap. A turn that throws is logged and
 * the loop goes on. `stop` aborts the signal and waits for the running turn.
 */
export const every = (
  ms: number,
  turn: (signal: AbortSignal) => Promise<unknown>,
  { name, log }: { name: string; log: Log },
): Required<Part> => {
  let controller = new AbortController();
  let loop: Promise<void> | undefined;

  const go = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      try {
        await turn(signal);
      } catch (err) {
        if (!signal.aborted) log.error({ err, loop: name }, 'a turn failed, the loop goes on');
      }
      await pause(ms, undefined, { signal }).catch(() => undefined);
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
  };
};
