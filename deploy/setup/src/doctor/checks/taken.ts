import { type Replayed, replay } from '../../replay/replay.ts';
import { check } from '../check.ts';
import { type Finding, right, worrying } from '../finding.ts';
import { readable } from '../visit.ts';

/** An event may wait for the longest of its delays before it is taken. */
const longestDelayMs = 2 * 3_600_000;
const lookBackMs = 86_400_000;

/** Absent: from a service alone, only its own schema can be seen. */
export const judgeTaken = (missing: readonly Replayed[] | undefined): Finding[] => {
  if (!missing) return [];
  return missing.length === 0
    ? [right('events of a day', 'were taken by everybody who wanted them')]
    : missing.map(({ from, to, topic, events }) =>
        worrying(
          to,
          `has never taken ${events} ${topic} of ${from}`,
          'Somebody has thrown them away in the broker, or they wait there: npm run replay, docs/runbooks/replay-events.md',
        ),
      );
};

const look = async (visit: Parameters<typeof readable>[0]): Promise<Replayed[] | undefined> => {
  if (visit.place.patients.length < 2) return undefined;
  const now = visit.clock.now().getTime();
  const parties = readable(visit).map(({ patient: { resident }, database }) => ({ resident, database }));
  return replay({ parties, since: new Date(now - lookBackMs), until: new Date(now - longestDelayMs) });
};

export const taken = check('events', look, judgeTaken);
