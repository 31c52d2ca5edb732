import type { Entry } from './entries.ts';

export interface TimelineFilter {
  readonly service?: string | undefined;
  readonly kind?: string | undefined;
}

export const filtered = (entries: readonly Entry[], { service, kind }: TimelineFilter): readonly Entry[] =>
  entries.filter((entry) => (service ?? entry.service) === entry.service && (kind ?? entry.kind) === entry.kind);

/** The newest first, day by day of the reader. */
export const byDay = (
  entries: readonly Entry[],
  dayOf: (at: string) => string,
): readonly (readonly [day: string, entries: readonly Entry[]])[] => [...Map.groupBy(entries.toReversed(), ({ at }) => dayOf(at))];
