import { residents } from '@orderbus/setup';
import { type Finding, finding } from './finding.ts';
import { query } from './sql.ts';

const logs = residents
  .map(({ schema }) => `select id, type || '.v' || version as topic, aggregate_id, causation_id, type from ${schema}.event_log`)
  .join(' union all ');

/**
 * Every event was taken by everybody who listens to it, or is a dead letter there; and nothing followed from it twice. A console that has begun
 * later than the others (`consoleIsLater`) has read in their logs what was before: what it shows, it has taken.
 */
export const judgeTaking = async (databaseUrl: string, consoleIsLater = false): Promise<Finding[]> => {
  const missing = await Promise.all(
    residents.map(({ schema, subscriptions }) =>
      query<{ name: string; topic: string; id: string }>(
        databaseUrl,
        `select s.name, e.topic, e.id from unnest($1::text[], $2::text[]) as s(name, topic) join (${logs}) e using (topic)
         where not exists (select from ${schema}.inbox i where i.consumer = s.name and i.message_id = e.id)
           and not exists (select from ${schema}.dead_letter d where d.message_id = e.id::text)
           ${consoleIsLater && schema === 'console' ? 'and not exists (select from console.timeline_entry t where t.id = e.id)' : ''}
         limit 20`,
        [subscriptions.map(({ name }) => name), subscriptions.map(({ event }) => event.topic)],
      ),
    ),
  );
  const repeated = await query<{ type: string; cause: string; times: number }>(
    databaseUrl,
    `select type, causation_id as cause, count(*)::int as times from (${logs}) e where causation_id is not null
     group by type, causation_id, aggregate_id having count(*) > 1 limit 20`,
  );
  return [
    ...missing.flat().map(({ name, topic, id }) => finding('I4', 'lost', `${topic} ${id} was never taken by ${name}`)),
    ...repeated.map(({ type, cause, times }) => finding('I4', 'duplicated', `${times} times ${type} because of ${cause}`)),
  ];
};
