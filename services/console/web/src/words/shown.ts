/** What a sentence tells, as an answer has it. */
export type Facts = Readonly<Record<string, string | number | readonly string[]>>;

/** How the reader's language writes things. */
export interface Writing {
  money(minor: number, currency: string): string;
  moment(at: string): string;
  list(items: readonly string[]): string;
  /** The name of a field of an address. */
  field(name: string): string;
}

/** The facts as they are put into the words: money under `…Minor`, moments under `…At` and `…By`, lists, fields of an address. */
export const shown = (facts: Facts, writing: Writing): Record<string, string | number> =>
  Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, shownAs(name, value, facts, writing)]));

const shownAs = (name: string, value: Facts[string], { currency }: Facts, writing: Writing): string | number => {
  if (typeof value === 'number') return name.endsWith('Minor') && typeof currency === 'string' ? writing.money(value, currency) : value;
  if (typeof value === 'string') return /(At|By)$/.test(name) ? writing.moment(value) : value;
  return writing.list(name === 'fields' ? value.map((field) => writing.field(field)) : value);
};
