import { exitCodeOf, type Finding } from './finding.ts';

export interface Examined {
  readonly check: string;
  readonly findings: readonly Finding[];
}

/** For people: what is right in one line each, what is not with what to do. */
export const inWords = (place: string, examined: readonly Examined[]): string => {
  const all = examined.flatMap(({ findings }) => findings);
  const lines = examined.flatMap(({ check, findings }) =>
    together(findings).map((finding, index) => lineOf(index === 0 ? check : '', finding)),
  );
  const count = (verdict: Finding['verdict']): number => all.filter((finding) => finding.verdict === verdict).length;
  const summary = [
    'All is right.',
    `${count('warn')} to look at; everything works.`,
    `${count('fail')} do not work, ${count('warn')} to look at.`,
  ][exitCodeOf(all)];
  return `${place}\n\n${lines.join('\n')}\n\n${summary}\n`;
};

/** What is right in the same way is said once. */
const together = (findings: readonly Finding[]): Finding[] => {
  const groups = Map.groupBy(findings, ({ verdict, about, says }) => (verdict === 'ok' ? says : `${about} ${says}`));
  return [...groups.values()].map((same) => {
    const [first] = same as [Finding, ...Finding[]];
    return same.length === 1 ? first : { ...first, about: `${same.length} of them` };
  });
};

const labels = { ok: 'OK  ', warn: 'WARN', fail: 'FAIL' } as const;

const lineOf = (check: string, { verdict, about, says, todo }: Finding): string => {
  const line = `${check.padEnd(11)} ${labels[verdict]}  ${about.padEnd(16)} ${says}`;
  return todo === undefined ? line : `${line}\n${' '.repeat(19)}→ ${todo}`;
};

/** For programs. */
export const asJson = (place: string, examined: readonly Examined[]): string => {
  const findings = examined.flatMap(({ check, findings: found }) => found.map((finding) => ({ check, ...finding })));
  return `${JSON.stringify({ place, exitCode: exitCodeOf(findings), findings }, undefined, 2)}\n`;
};
