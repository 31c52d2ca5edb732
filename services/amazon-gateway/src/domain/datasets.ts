import { AppError } from '@orderbus/kernel';

/**
 * The parts of an order that are asked for, and no more; the one that Amazon has been known to refuse comes first.
 * Order numbers, times, programs, products and quantities are always there.
 */
export const datasets = ['FULFILLMENT', 'RECIPIENT', 'BUYER', 'PROCEEDS', 'PROMOTION', 'CANCELLATION', 'PACKAGES', 'TAX'] as const;
export type Dataset = (typeof datasets)[number];

/** Why something is not known though Amazon answers. */
export const datasetRefused = 'amazon.dataset-refused';

/** All but these. */
export const datasetsWithout = (without: readonly Dataset[]): readonly Dataset[] =>
  datasets.filter((dataset) => !without.includes(dataset));

/** The one dataset that a refusal names. One that repeats all of them names none. */
export const datasetNamedIn = (error: unknown): Dataset | undefined => {
  const words = error instanceof AppError ? String(error.details.amazonSays ?? '') : '';
  const named = datasets.filter((dataset) => new RegExp(`\\b${dataset}\\b`).test(words));
  return named.length === 1 ? named[0] : undefined;
};
