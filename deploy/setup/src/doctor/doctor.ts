import { type Clock, systemClock } from '@orderbus/kernel';
import { checks } from './checks/index.ts';
import { exitCodeOf } from './finding.ts';
import { asJson, type Examined, inWords } from './report.ts';
import { beginVisit, type Place } from './visit.ts';

/** Looks at everything, one check after the other, and changes nothing. */
export const examine = async (place: Place, clock: Clock = systemClock): Promise<Examined[]> => {
  const visit = await beginVisit(place, clock);
  try {
    const examined: Examined[] = [];
    for (const { name, examine: look } of checks) examined.push({ check: name, findings: await look(visit) });
    return examined;
  } finally {
    await visit.end();
  }
};

/** Examines, says what was found, and answers with the exit code. */
export const tell = async (place: Place, { json }: { readonly json: boolean }): Promise<number> => {
  const examined = await examine(place);
  process.stdout.write((json ? asJson : inWords)(place.name, examined));
  return exitCodeOf(examined.flatMap(({ findings }) => findings));
};
