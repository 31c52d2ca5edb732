import type { EntityManager } from 'typeorm';

/** Document numbers without gaps: the series is locked until the transaction ends, and a rollback gives its numbers back. */
export interface NumberSeries {
  /** The next number of this series, nine digits or more. */
  take(series: string): string;
}

/** Locks these series, in name order. Call `finish` before the commit: it writes how far each one was used. */
export const openNumberSeries = async (
  tx: EntityManager,
  series: Iterable<string>,
): Promise<{ context: NumberSeries; finish: () => Promise<void> }> => {
  const names = [...new Set(series)].sort();
  const rows: { name: string; next: string }[] = await tx.query(
    `insert into number_series (name) select unnest($1::text[]) on conflict (name) do update set name = excluded.name returning name, next`,
    [names],
  );
  const next = new Map(rows.map((row) => [row.name, Number(row.next)]));
  const used = new Set<string>();
  return {
    context: {
      take: (name) => {
        const value = next.get(name) as number;
        next.set(name, value + 1);
        used.add(name);
        return String(value).padStart(9, '0');
      },
    },
    finish: async () => {
      if (used.size === 0) return;
      const touched = [...used];
      await tx.query(
        `update number_series as s set next = u.next from unnest($1::text[], $2::bigint[]) as u(name, next) where s.name = u.name`,
        [touched, touched.map((name) => next.get(name))],
      );
    },
  };
};
