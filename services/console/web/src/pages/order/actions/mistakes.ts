import type { Problem } from '../../../api/problem.ts';

/** What the server says is wrong, by field: the first thing that it says of each. */
export const mistakesOf = (problem: Problem | undefined, fieldOf = (field: string): string => field): ReadonlyMap<string, string> => {
  const said = new Map<string, string>();
  for (const { field, message } of problem?.document.errors ?? []) if (!said.has(fieldOf(field))) said.set(fieldOf(field), message);
  return said;
};
