import { afterEach, describe, expect, test } from '@jest/globals';
import { type TestVhost, testVhost } from '@orderbus/testkit';
import { amazonClock, untilAllIsQuiet } from './amazon-clock.ts';
import { expectEverythingRight } from './judge.ts';
import { type Mischief, openMischief } from './mischief.ts';
import { outOfOrder } from './out-of-order.ts';
import { openShop, type Shop } from './shop.ts';

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
