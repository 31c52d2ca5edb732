/** What is known of one log: entries that were read and are not shown yet, and where it goes on. */
export interface Tail<Entry> {
  readonly held: readonly Entry[];
  readonly cursor?: string | undefined;
  readonly hasEnded: boolean;
}

interface Dated {
  readonly at: string;
}

/** Logs that have nothing left in hand, and go on. */
export const isDry = ({ held, hasEnded }: Tail<unknown>): boolean => held.length === 0 && !hasEnded;

/**
 * Several logs, newest first, as one: what can be shown now, and what has to wait, because a log that goes on may still have something that
 * is newer.
 */
export const mergeTails = <Entry extends Dated>(
  tails: readonly Tail<Entry>[],
): { readonly shown: readonly Entry[]; readonly tails: readonly Tail<Entry>[] } => {
  const known = tails.filter(({ hasEnded }) => !hasEnded).map(({ held }) => held.at(-1)?.at ?? '');
  const limit = known.toSorted().at(-1) ?? '';
  return {
    shown: tails.flatMap(({ held }) => held.filter(({ at }) => at >= limit)).toSorted((a, b) => b.at.localeCompare(a.at)),
    tails: tails.map((tail) => ({ ...tail, held: tail.held.filter(({ at }) => at < limit) })),
  };
};

interface Answered {
  readonly service: string;
  readonly seq: number;
  readonly answers: number | null;
  readonly outcome: string;
}

/** Without what stands before the work, where what became of it is there, too. */
export const withoutAnswered = <Entry extends Answered>(entries: readonly Entry[]): Entry[] => {
  const answered = new Set(entries.flatMap(({ service, answers }) => (answers === null ? [] : [`${service}:${answers}`])));
  return entries.filter(({ service, seq, outcome }) => outcome !== 'asked' || !answered.has(`${service}:${seq}`));
};
