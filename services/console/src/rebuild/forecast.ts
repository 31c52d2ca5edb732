import type { Step } from './rebuild.ts';

/** How often a line is written. */
const everyMs = 2_000;

/** Says how far it is, how fast it goes, and how long the log at hand will take. */
export const forecast = (write: (line: string) => void, now: () => number = Date.now) => {
  const startedAt = now();
  let [events, skipped, saidAt] = [0, 0, startedAt];
  const perSecond = (): number => Math.round(events / Math.max((now() - startedAt) / 1_000, 0.001));
  return {
    step: ({ service, upTo, last, begins, events: more, skipped: unknown }: Step): void => {
      events += more;
      skipped += unknown;
      if (begins > 1 && upTo - more < begins) write(`${service}: what was before position ${begins} is gone`);
      const isDone = upTo >= last;
      if (!isDone && now() - saidAt < everyMs) return;
      saidAt = now();
      const left = Math.ceil((last - upTo) / Math.max(perSecond(), 1));
      write(`${service}: ${isDone ? 'read to its end' : `${upTo} of ${last}, about ${left} s left`} (${perSecond()} events/s)`);
    },
    end: (): void => {
      const seconds = Math.round((now() - startedAt) / 1_000);
      write(
        `Built from ${events - skipped} events in ${seconds} s.${skipped === 0 ? '' : ` ${skipped} are of no contract of this version.`}`,
      );
    },
  };
};
