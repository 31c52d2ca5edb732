import type { OrderLine } from '../facts.ts';

export interface TaxFacts {
  /** Absent while there are no lines. */
  readonly collectedBy: OrderLine['taxCollectedBy'] | 'both' | undefined;
  readonly iossNumbers: readonly string[];
  readonly schemes: readonly string[];
  /** Whether prices contain it; absent where Amazon does not tell. */
  readonly included: boolean | undefined;
}

/** What the lines say about tax, together. */
export const taxFactsOf = (lines: readonly OrderLine[]): TaxFacts => {
  const [collector, ...others] = distinct(lines.map(({ taxCollectedBy }) => taxCollectedBy));
  return {
    collectedBy: others.length > 0 ? 'both' : collector,
    iossNumbers: distinct(lines.map(({ iossNumber }) => iossNumber)),
    schemes: distinct(lines.map(({ taxScheme }) => taxScheme)),
    included: lines.find(({ taxes }) => taxes !== undefined)?.taxes?.included,
  };
};

const distinct = <T extends string>(values: readonly (T | undefined)[]): readonly T[] => [
  ...new Set(values.filter((value) => value !== undefined)),
];
