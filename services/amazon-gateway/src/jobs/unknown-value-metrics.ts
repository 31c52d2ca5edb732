import type { Log, Metrics } from '@orderbus/service-kit';
import type { UnknownValue } from '../domain/unknown-values.ts';

/** So many different values of one field are told apart: Amazon decides what they are, and each is a series of its own. */
const valuesPerField = 20;

/** Counts words that Amazon has introduced after us, and logs each once. What does not look like such a word is not repeated. */
export const unknownValueMetrics = ({
  metrics,
  log,
}: {
  readonly metrics: Metrics;
  readonly log: Log;
}): ((unknown: UnknownValue) => void) => {
  const values = metrics.counter({
    name: 'amazon_unknown_values_total',
    help: "Words of Amazon's that we have no name for; they pass all the same",
    labelNames: ['field', 'value'],
  });
  const known = new Map<string, Set<string>>();
  return ({ field, value }) => {
    const told = known.get(field) ?? new Set();
    known.set(field, told);
    const isWord = /^[A-Z][A-Z0-9_]{0,49}$/.test(value);
    if (isWord && !told.has(value) && told.size < valuesPerField) {
      told.add(value);
      log.warn({ field, value }, 'Amazon uses a word that is new to us');
    }
    values.inc({ field, value: told.has(value) ? value : 'other' });
  };
};
