import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DeadLettersOpened, DeadLettersSettled, OrderCreated } from '@orderbus/contracts';
import { parseConfig, type Service } from '@orderbus/service-kit';
import { type BrokerKind, brokerKinds, eventually, type Harness, serviceHarness } from '@orderbus/testkit';
import { buildNotificationApp, NotificationConfig, schema } from '../src/app.ts';
import { ringText } from './builders.ts';

/** What a service cannot process it tells by the library alone; here of itself, to itself. */
describe.each(brokerKinds())('a message that cannot be processed, on the %s broker,', (broker: BrokerKind) => {
  let harness: Harness<Service>;
  beforeAll(async () => {
    harness = await serviceHarness({
      schema,
      broker,
      build: (urls) => buildNotificationApp(parseConfig(NotificationConfig, { ...urls, ORDERBUS_KEYS: ringText, LOG_LEVEL: 'silent' })),
      capture: [DeadLettersOpened, DeadLettersSettled] as never,
    });
  });
  afterAll(() => harness?.stop());

  const orderId = randomUUID();
  const broken = (topic: string) => ({
    ...{ id: randomUUID(), topic, key: orderId, headers: {} },
    body: JSON.stringify({ tenant: 'main', data: { orderId, buyer: 'Mara Canary, 12 Elm Street', units: 'Mara Canary' } }),
  });
  const alerts = async () => (await harness.get('/alerts?kind=dead-letter')).body.items;
  const letters = async (status: string) => (await harness.get(`/dead-letters?status=${status}`)).body.items;

  test('opens an alert, which is settled when it is discarded', async () => {
    await harness.broker.publish([broken(OrderCreated.topic)]);
    const [letter] = await eventually(async () => {
      expect(await alerts()).toMatchObject([{ status: 'open', tenant: 'main' }]);
      return letters('open');
    });
    const [alert] = await alerts();
    expect(alert.title).toBe('notification could not process 1 message: order.created.v1, it does not have the form that was agreed');
    expect(alert.data).toMatchObject({ letterIds: [letter.id], orderIds: [orderId] });
    expect(JSON.stringify([alert, harness.published(DeadLettersOpened)])).not.toContain('Canary');

    await harness.send('POST', `/dead-letters/${letter.id}/discard`, { reason: 'a test' });
    await eventually(async () => expect(await alerts()).toMatchObject([{ status: 'resolved', resolvedBy: 'service' }]));
  });

  test('opens another one after a redrive that failed again', async () => {
    await harness.broker.publish([broken(OrderCreated.topic)]);
    const [letter] = await eventually(async () => {
      expect((await alerts()).map(({ status }: { status: string }) => status)).toEqual(['open', 'resolved']);
      return letters('open');
    });
    await harness.send('POST', `/dead-letters/${letter.id}/redrive`);
    await eventually(async () =>
      expect((await alerts()).map(({ status }: { status: string }) => status)).toEqual(['open', 'resolved', 'resolved']),
    );
  });

  test('waits in silence when it is itself about dead letters: nothing goes round in circles', async () => {
    const told = async () => (await harness.app.database.query(`select from event_log where type like '%dead_letters_opened'`)).length;
    const before = await told();
    await harness.broker.publish([broken(DeadLettersOpened.topic), broken(DeadLettersSettled.topic)]);
    await eventually(async () => expect(await letters('open')).toHaveLength(3));
    // What comes after it through the same tables and queues has been told: so would have been what came before it.
    await harness.broker.publish([broken('order.blocked.v1')]);
    await eventually(async () => expect(await alerts()).toHaveLength(4));
    expect(await told()).toBe(before + 1);
  });
});
