import type { Tone } from '../../ui/Status.tsx';
import type { Budget, Store } from './answers.ts';

export const toneOf = ({ status, readOnly, degraded }: Store): Tone => {
  if (status === 'failing' || status === 'refused') return 'stopped';
  if (status === 'paused') return 'attention';
  if (status === 'connecting') return 'waiting';
  return readOnly || degraded ? 'attention' : 'ok';
};

export type Circuit = keyof Store['circuits'];

/** What is not asked for at the moment, because Amazon did not answer. */
export const openCircuits = ({ circuits }: Store): Circuit[] =>
  (Object.keys(circuits) as Circuit[]).filter((name) => circuits[name] === 'open');

/** Amazon's authorization lasts a year. */
const authorizedForDays = 365;
const warnedBeforeDays = 30;

export const authorizationEnds = ({ credentials }: Store): boolean => credentials.authorizedForDays >= authorizedForDays - warnedBeforeDays;

export interface Scarce {
  readonly operation: string;
  readonly percent: number;
  readonly pausedUntil?: string | undefined;
}

/** The operation of which the least is left: that one is felt first. What Amazon brakes counts before everything else. */
export const scarcest = (budgets: readonly Budget[]): Scarce | undefined =>
  budgets
    .map(({ operation, left, burst, pausedUntil }) => ({ operation, pausedUntil, percent: shareOf(left, burst) }))
    .toSorted((a, b) => Number(b.pausedUntil !== undefined) - Number(a.pausedUntil !== undefined) || a.percent - b.percent)[0];

/** One call of the burst is never used. */
const shareOf = (left: number, burst: number): number => {
  const most = Math.max(1, burst - 1);
  return Math.round((100 * Math.min(Math.max(0, left), most)) / most);
};
