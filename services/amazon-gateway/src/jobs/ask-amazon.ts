import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@orderbus/kernel';
import { codes, isIllness } from '../amazon/amazon-error.ts';
import { type Dataset, datasetNamedIn, datasets } from '../domain/datasets.ts';

/** Amazon does not accept the request as it is: a token that is over, a dataset, a time. */
export const isRefusedInput = (error: unknown): error is AppError => error instanceof AppError && error.code === codes.invalid;

/** A hiccup is asked again at once. What lasts longer waits for its next turn: each call costs quota. */
export const withRetries = async <T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> => {
  for (let attempt = 0; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      const delayMs = retryDelaysMs[attempt];
      if (delayMs === undefined || signal.aborted || !isHiccup(error)) throw error;
      await sleep(delayMs * (0.5 + Math.random() / 2), undefined, { signal });
    }
  }
};

const retryDelaysMs = [250, 1_000];

const isHiccup = (error: unknown): boolean =>
  error instanceof AppError && isIllness(error) && error.code !== 'circuit.open' && error.code !== 'call.timeout';

/** An answer to a request that went without these datasets. */
export interface PartialAnswer<T> {
  readonly answer: T;
  readonly without: readonly Dataset[];
}

/**
 * Amazon has refused a request for all datasets: finds the least that has to be left out, in few calls. First what was refused before
 * (`suspects`), what Amazon's words name, and the one that it has been known to refuse; then in halves.
 * @throws the refusal, when it is not about datasets.
 */
export const withoutRefused = async <T>(
  ask: (without: readonly Dataset[]) => Promise<T>,
  refusal: AppError,
  suspects: readonly Dataset[] = [],
): Promise<PartialAnswer<T>> => {
  const attempt = async (without: readonly Dataset[]): Promise<PartialAnswer<T> | undefined> => {
    try {
      return { answer: await ask(without), without };
    } catch (error) {
      if (isRefusedInput(error)) return undefined;
      throw error;
    }
  };
  for (const without of firstGuesses(refusal, suspects)) {
    const accepted = await attempt(without);
    if (accepted) return accepted;
  }
  let best = await attempt(datasets);
  if (!best) throw refusal;
  const readmit = async (group: readonly Dataset[]): Promise<void> => {
    const accepted = await attempt((best?.without ?? []).filter((dataset) => !group.includes(dataset)));
    if (accepted) best = accepted;
    else for (const half of halvesOf(group)) await readmit(half);
  };
  for (const half of halvesOf(datasets)) await readmit(half);
  return best;
};

const firstGuesses = (refusal: AppError, suspects: readonly Dataset[]): readonly (readonly Dataset[])[] => {
  const named = datasetNamedIn(refusal);
  const single = [...new Set([named, datasets[0]])].flatMap((dataset) => dataset ?? []).map((dataset) => [dataset]);
  return suspects.length > 0 ? [suspects, ...single.filter(([dataset]) => suspects.length > 1 || suspects[0] !== dataset)] : single;
};

const halvesOf = (group: readonly Dataset[]): readonly (readonly Dataset[])[] => {
  if (group.length < 2) return [];
  const middle = Math.ceil(group.length / 2);
  return [group.slice(0, middle), group.slice(middle)];
};
