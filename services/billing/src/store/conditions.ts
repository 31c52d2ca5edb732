/** The conditions of a list and their values, as they are found. Each value gets its number as it is named. */
export interface Conditions {
  readonly parameters: unknown[];
  add(condition: (...placeholders: string[]) => string, ...values: unknown[]): void;
  /** Those whose value is given: `column operator value`. */
  compare(...comparisons: readonly (readonly [comparison: string, value: unknown])[]): void;
  /** `where …`; nothing when there is no condition. */
  sql(): string;
}

export const conditions = (): Conditions => {
  const parameters: unknown[] = [];
  const all: string[] = [];
  const add: Conditions['add'] = (condition, ...values) => {
    all.push(condition(...values.map((value) => `$${parameters.push(value)}`)));
  };
  return {
    parameters,
    add,
    compare: (...comparisons) => {
      for (const [comparison, value] of comparisons) if (value !== undefined) add((p) => `${comparison} ${p}`, value);
    },
    sql: () => (all.length > 0 ? `where ${all.join(' and ')}` : ''),
  };
};
