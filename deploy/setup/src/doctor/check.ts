import { type Finding, wrong } from './finding.ts';
import { reasonOf } from './reason.ts';
import type { Visit } from './visit.ts';

/** One row of the table of checks. */
export interface Check {
  readonly name: string;
  examine(visit: Visit): Promise<readonly Finding[]>;
}

/** `look` gathers what there is, and changes nothing; `judge` says what it means, and asks nobody. */
export const check = <Facts>(name: string, look: (visit: Visit) => Promise<Facts>, judge: (facts: Facts) => readonly Finding[]): Check => ({
  name,
  examine: async (visit) => {
    try {
      return judge(await look(visit));
    } catch (error) {
      return [wrong(name, `cannot be looked at: ${reasonOf(error)}`, 'Mend what it says, and ask again')];
    }
  },
});
