interface Store {
  readonly name: string;
  readonly status: string;
  readonly lastSuccessAt?: string | undefined;
  readonly nextPollAt?: string | undefined;
}

export interface Freshness {
  readonly state: 'none' | 'standing' | 'never' | 'late' | 'in-step';
  /** The end of the pass that is the longest ago. */
  readonly at?: string;
  /** The store that stands. */
  readonly store?: string;
}

/** A pass may take its time; two minutes after it was due it is late. */
const lateMs = 2 * 60_000;

/** How several stores stand together: as the one that is worst off. */
export const freshnessOf = (stores: readonly Store[], now: number): Freshness => {
  if (stores.length === 0) return { state: 'none' };
  const standing = stores.find(({ status }) => status === 'failing' || status === 'refused' || status === 'paused');
  if (standing) return { state: 'standing', store: standing.name };
  if (stores.some(({ lastSuccessAt }) => lastSuccessAt === undefined)) return { state: 'never' };
  const at = stores.map(({ lastSuccessAt = '' }) => lastSuccessAt).toSorted()[0];
  const late = stores.some(({ nextPollAt }) => nextPollAt !== undefined && now - Date.parse(nextPollAt) > lateMs);
  return { state: late ? 'late' : 'in-step', at };
};
