import type { Advisory, Answer } from './npm-audit.ts';

/** An advisory that is let pass for a while. */
export interface Exception {
  /** `GHSA-…` */
  readonly advisory: string;
  /** Why it cannot hurt here, or what is being waited for. */
  readonly reason: string;
  /** `YYYY-MM-DD`: the last day on which it is let pass. */
  readonly until: string;
}

export interface Verdict {
  readonly passes: boolean;
  readonly lines: readonly string[];
}

/** High and critical advisories fail, unless an exception lets them pass today. Without an answer nothing is claimed. */
export const judge = (answer: Answer, exceptions: readonly Exception[], today: string): Verdict => {
  if ('silence' in answer) return { passes: true, lines: [`no registry answered: npm audit was not run (${answer.silence})`] };
  const grave = answer.advisories.filter(({ severity }) => severity === 'high' || severity === 'critical');
  const excuses = new Map(exceptions.map((exception) => [exception.advisory, exception]));
  const failing = grave.filter(({ id }) => (excuses.get(id)?.until ?? '') < today);
  const known = new Set(grave.map(({ id }) => id));
  return {
    passes: failing.length === 0,
    lines: [
      `npm audit: ${grave.length} high or critical, ${answer.advisories.length - grave.length} lesser`,
      ...grave.map((advisory) => line(advisory, excuses.get(advisory.id), today)),
      ...exceptions.filter(({ advisory }) => !known.has(advisory)).map(({ advisory }) => `${advisory}: the exception is no longer needed`),
    ],
  };
};

const line = ({ id, package: name, severity, title, url }: Advisory, exception: Exception | undefined, today: string): string => {
  const excuse =
    exception && (exception.until < today ? `the exception ended on ${exception.until}` : `until ${exception.until}: ${exception.reason}`);
  return [`${severity}: ${name}: ${title} (${url})`, ...(excuse ? [`${id} ${excuse}`] : [])].join('; ');
};
