import { query } from './sql.ts';

const schemas = ['gateway', 'orders', 'fulfillment', 'billing', 'notification'] as const;

/** Events of one thing that follow from the events of another, and not in the order in which those were told; recorded since then. */
export const outOfOrder = (databaseUrl: string, since = new Date(0)): Promise<unknown[]> => {
  const logs = schemas.map((schema) => `select '${schema}' as service, * from ${schema}.event_log`).join(' union all ');
  return query(
    databaseUrl,
    `with log as (
       select service, id::text, type, aggregate_id, aggregate_version, causation_id, recorded_at from (${logs}) l),
     effects as (
       select e.service, e.type, e.recorded_at, e.aggregate_id, e.aggregate_version, c.service as of, c.type as cause, c.aggregate_version as cause_version,
         lag(c.aggregate_version) over (partition by e.service, e.aggregate_id, c.service, c.aggregate_id order by e.aggregate_version) as before
       from log e join log c on c.id = e.causation_id where c.service <> e.service)
     select * from effects where before > cause_version and recorded_at >= $1`,
    [since],
  );
};
