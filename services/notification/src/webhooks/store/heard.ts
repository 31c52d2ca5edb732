import type { Clock } from '@orderbus/kernel';
import type { Database, Target } from '@orderbus/outbox';

/** An event as it is kept: what integrators may be told of it. */
export interface Heard {
  readonly id: string;
  readonly topic: string;
  readonly tenant: string;
  readonly body: string;
}

/** Keeps what was heard, with a delivery for each webhook that is about it: one statement for a batch, whatever the number of either. */
export const heardEvents = (clock: Clock): Target<Heard> => ({
  name: 'heard-events',
  run: async (tx, items) => {
    const events = items.map(({ command }) => command);
    await tx.query(
      `with heard as (
         insert into heard_event (id, topic, tenant, body, traceparent, heard_at)
         select *, $5::timestamptz from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $6::text[])
         on conflict (id) do nothing returning seq, topic, tenant)
       insert into webhook_delivery (webhook_id, event_seq, next_attempt_at)
       select w.id, h.seq, $5 from heard h join webhook w on w.state <> 'disabled' and ${isAbout('w', 'h')}`,
      [
        events.map(({ id }) => id),
        events.map(({ topic }) => topic),
        events.map(({ tenant }) => tenant),
        events.map(({ body }) => body),
        clock.now().toISOString(),
        items.map(({ cause }) => cause.traceparent ?? null),
      ],
    );
    return items.map(() => ({ events: [] }));
  },
});

/** Which events a webhook is told of: of these topics, in these stores. */
export const isAbout = (webhook: string, event: string): string =>
  `${event}.topic like any(${webhook}.likes) and (${webhook}.tenants is null or ${event}.tenant = any(${webhook}.tenants))`;

const purgedAtOnce = 2_000;

/** Forgets what was heard before this moment with all deliveries of it, a few at a time. Answers with how many. */
export const purgeHeard = async (database: Database, before: Date): Promise<number> => {
  for (let purged = 0; ; ) {
    const rows = await database.query(
      `with old as (
         delete from heard_event where seq in (select seq from heard_event where heard_at < $1 order by heard_at limit ${purgedAtOnce})
         returning seq),
       deliveries as (delete from webhook_delivery where event_seq in (select seq from old))
       select 1 from old`,
      [before.toISOString()],
    );
    purged += rows.length;
    if (rows.length < purgedAtOnce) return purged;
  }
};
