import type { Database } from '@orderbus/outbox';
import { every, type Job, type ServiceKit } from '@orderbus/service-kit';

const everyMs = 1_000;
const idleMs = 5_000;

/** How many parcels wait for whom, and how long Amazon takes to know of one. */
export const measureShipments = ({ metrics, database, log }: ServiceKit): Job => {
  metrics.observed(
    { name: 'shipments_unwritten', help: 'Parcels that were handed over and that Amazon has not taken', labelNames: ['state'] },
    async () => (await unwritten(database)).map(({ state, parcels }) => ({ labels: { state }, value: parcels })),
  );
  metrics.observed({ name: 'shipments_packed', help: 'Parcels that are packed and have not been handed over' }, async () => {
    const [row] = await database.query<{ parcels: number }>(`select count(*)::int as parcels from shipment where state = 'packed'`);
    return row?.parcels;
  });
  const duration = metrics.histogram({
    name: 'shipment_write_back_seconds',
    help: 'Seconds from the hand-over of a parcel to Amazon knowing of it',
    buckets: [0.25, 0.5, 1, 2, 3, 5, 10, 30, 60, 300, 1_800, 7_200, 86_400],
  });
  const measure = async (): Promise<boolean> => {
    const taken = await takeUnmeasured(database);
    for (const { seconds } of taken) duration.observe(seconds);
    return taken.length > 0;
  };
  return every(everyMs, measure, { name: 'measure-write-backs', log, idleMs });
};

const unwritten = (database: Database): Promise<{ state: string; parcels: number }[]> =>
  database.query(
    `select states.state, count(s.id)::int as parcels from unnest(array['waiting', 'uncertain', 'refused']) as states(state)
     left join shipment s on s.write_state = states.state and s.write_state in ('waiting', 'uncertain', 'refused') group by 1`,
  );

/**
 * Those that Amazon has taken since the last look, each by one instance only. What was to leave later counts from then: the gateway
 * tells Amazon five minutes before, at the earliest.
 */
const takeUnmeasured = (database: Database): Promise<{ seconds: number }[]> =>
  database.query(
    `with taken as (
       update shipment set measured = true where id in (
         select id from shipment where accepted_at is not null and not measured limit 1000 for update skip locked)
       returning accepted_at, handed_over_at, shipped_at)
     select greatest(0, extract(epoch from accepted_at - greatest(handed_over_at, shipped_at - interval '5 minutes')))::float8 as seconds
     from taken`,
  );
