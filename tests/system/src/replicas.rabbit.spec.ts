import { afterEach, describe, expect, test } from '@jest/globals';
import { type TestVhost, testVhost } from '@orderbus/testkit';
import { amazonClock, untilAllIsQuiet } from './amazon-clock.ts';
import { expectEverythingRight } from './judge.ts';
import { type Mischief, openMischief } from './mischief.ts';
import { openShop, type Shop } from './shop.ts';
import { query } from './sql.ts';

/** Two of each service that listens, on what reaches them shuffled, late and twice. */
describe.each([1, 4])('two instances of each service, queues: %i', (partitions) => {
  let shop: Shop | undefined;
  let vhost: TestVhost | undefined;
  let mischief: Mischief | undefined;

  afterEach(async () => {
    await mischief?.stop();
    await shop?.stop();
    await vhost?.drop();
  });

  test('end where Amazon stands, with every effect once and in the order of its cause', async () => {
    const clock = amazonClock();
    vhost = await testVhost();
    shop = await openShop({
      brokerUrl: vhost.url,
      brokerManagementUrl: vhost.managementUrl,
      instances: 2,
      sandbox: { clock },
      environment: { QUEUE_PARTITIONS: String(partitions) },
    });
    mischief = await openMischief(vhost);
    await shop.sell({ count: 40 });
    // They are paid, asked to be canceled, shipped, while everybody is at work.
    for (let step = 0; step < 3; step++) {
      clock.pass(untilAllIsQuiet / 3);
      await shop.sync();
    }
    await expectEverythingRight(shop);
    expect(Math.min(mischief.late, mischief.twice)).toBeGreaterThan(10);
    expect(await outOfOrder(shop.databaseUrl)).toEqual([]);
  });
});

const schemas = ['gateway', 'orders', 'fulfillment', 'billing', 'notification'] as const;

/** Events of one thing that follow from the events of another, and not in the order in which those were told. */
const outOfOrder = (databaseUrl: string): Promise<unknown[]> => {
  const logs = schemas.map((schema) => `select '${schema}' as service, * from ${schema}.event_log`).join(' union all ');
  return query(
    databaseUrl,
    `with log as (
       select service, id::text, type, aggregate_id, aggregate_version, causation_id from (${logs}) l),
     effects as (
       select e.service, e.type, e.aggregate_id, e.aggregate_version, c.service as of, c.type as cause, c.aggregate_version as cause_version,
         lag(c.aggregate_version) over (partition by e.service, e.aggregate_id, c.service, c.aggregate_id order by e.aggregate_version) as before
       from log e join log c on c.id = e.causation_id where c.service <> e.service)
     select * from effects where before > cause_version`,
  );
};
