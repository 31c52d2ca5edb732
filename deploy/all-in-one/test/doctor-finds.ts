import { expect } from '@jest/globals';
import { runningPostgres } from '@orderbus/local-postgres';
import { examine, exitCodeOf, type Finding, type Place } from '@orderbus/setup/doctor';
import { eventually } from '@orderbus/testkit';
import pg from 'pg';
import { type LocalOptions, localPlace } from '../src/doctor/local-place.ts';

/** What the doctor finds wrong in what runs in this folder, as `check about: says`. */
const findingsIn = async (place: Place, aheadMs = 0): Promise<string[]> => {
  const examined = await examine(place, { now: () => new Date(Date.now() + aheadMs) });
  return examined.flatMap(({ check, findings }) => findings.filter(isWrong).map(({ about, says }) => `${check} ${about}: ${says}`));
};

const isWrong = (finding: Finding): boolean => exitCodeOf([finding]) === 2;

/** Breaks what runs there in one way after the other, each mended before the next, and holds what is found against what was broken. */
export const expectEachFault = async (dataFolder: string): Promise<void> => {
  const options: LocalOptions = { dataFolder, environment: {}, sandbox: {} };
  const place = async (changes: Partial<LocalOptions> = {}): Promise<Place> => (await localPlace({ ...options, ...changes })) as Place;
  const admin = new pg.Client({ connectionString: await runningPostgres(`${dataFolder}/postgres`) });
  await admin.connect();
  try {
    const refused = await findingsIn(await place({ databaseSecret: 'another' }));
    expect(refused).toContainEqual(expect.stringMatching(/^database order: cannot be reached: password authentication failed/));
    expect(refused).toHaveLength(7);

    await admin.query(`delete from broker.topic_binding where queue = 'billing' and topic = 'order.created.v1'`);
    expect(await findingsIn(await place())).toEqual(['queues billing: is missing order.created.v1 for billing']);
    await admin.query(`insert into broker.topic_binding (queue, topic) values ('billing', 'order.created.v1')`);

    const { rows } = await admin.query('delete from billing.migrations where id = (select max(id) from billing.migrations) returning *');
    expect(await findingsIn(await place())).toEqual([`migrations billing: waits for ${rows[0].name}`]);
    await admin.query('insert into billing.migrations (id, timestamp, name) values ($1, $2, $3)', [
      rows[0].id,
      rows[0].timestamp,
      rows[0].name,
    ]);

    const otherKeys = await place({ environment: { ORDERBUS_KEYS: `k7:${Buffer.alloc(32, 'canary').toString('base64')}` } });
    expect(await findingsIn(otherKeys)).toContainEqual(expect.stringMatching(/^data keys order: lacks k2, with which/));

    expect(await findingsIn(await place(), 60_000)).toContainEqual(expect.stringMatching(/^clocks PostgreSQL's clock: is 60\.\d s behind/));

    await admin.query(`select pg_advisory_lock(hashtext('gateway:relay'))`);
    await admin.query(`update gateway.event_log set recorded_at = recorded_at - interval '10 min' where seq <= 100`);
    await admin.query('insert into gateway.outbox select seq from gateway.event_log where seq <= 100 on conflict do nothing');
    expect(await findingsIn(await place())).toEqual([
      expect.stringMatching(/^lag amazon-gateway: \d+ events wait in its outbox, the oldest for \d{3,} s$/),
    ]);
    await admin.query(`select pg_advisory_unlock(hashtext('gateway:relay'))`);
    await eventually(async () => expect(await findingsIn(await place())).toEqual([]));
  } finally {
    await admin.end();
  }
};
