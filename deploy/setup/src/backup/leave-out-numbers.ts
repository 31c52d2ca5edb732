import type pg from 'pg';
import type { Resident } from '../resident.ts';
import type { Manifest } from './manifest.ts';

/** A series of numbers, and how it goes on: `from` is what the backup would have given next. */
export interface MovedSeries {
  readonly schema: string;
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** What can have been given in a day of which nobody knows anything. */
const atLeast = 1_000;
const lookBackDays = 14;

/**
 * Moves every series of numbers past those that may have been given after the backup: their documents may have left the house, and no number
 * may stand on two. How many that were nobody knows. Each number has an event of its schema; so for each day since then, and one more, as many
 * as the schema had events on its busiest day, and on to a full thousand: whoever looks at the books sees that it is no slip.
 * @param exactly so many, where somebody knows; none: nothing was given after the backup
 */
export const leaveOutNumbers = async (
  client: pg.Client,
  there: readonly Resident[],
  { takenAt }: Pick<Manifest, 'takenAt'>,
  exactly: number | undefined,
): Promise<MovedSeries[]> => {
  const moved: MovedSeries[] = [];
  for (const { schema } of there) {
    const s = client.escapeIdentifier(schema);
    const { rows } = await client.query<MovedSeries>(
      `with busiest as (
         select coalesce(max(events), 0) as events from (
           select count(*) as events from ${s}.event_log where recorded_at > $1::timestamptz - $2 * interval '1 day' group by recorded_at::date
         ) as days
       ), gap as (
         select greatest($3, events * (2 + floor(extract(epoch from clock_timestamp() - $1::timestamptz) / 86400)))::bigint as numbers from busiest
       )
       update ${s}.number_series as series
       set next = coalesce(before.next + $4, ((before.next + gap.numbers + 999) / 1000) * 1000)
       from gap, ${s}.number_series as before where before.name = series.name
       returning $5 as schema, series.name, before.next::float8 as from, series.next::float8 as to`,
      [takenAt, lookBackDays, atLeast, exactly ?? null, schema],
    );
    moved.push(...rows.filter(({ from, to }) => to > from));
  }
  return moved.sort((a, b) => (`${a.schema} ${a.name}` < `${b.schema} ${b.name}` ? -1 : 1));
};
