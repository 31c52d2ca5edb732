/** A process that dies at a chosen moment: a real SIGKILL, with nothing tidied up. Arguments: database URL, broker URL, moment. */
import { systemClock } from '@orderbus/kernel';
import { type Broker, connectBroker } from '@orderbus/messaging';
import { batchHandler, relay, type Subscription, silent } from '../src/index.ts';
import { openCounters, subscription } from './counters.ts';

const [databaseUrl = '', brokerUrl = '', moment = 'never'] = process.argv.slice(2);

const die = (): Promise<never> => {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => {});
};

const database = openCounters(databaseUrl);
await database.start();
const broker = connectBroker(brokerUrl, { name: 'counting', deathAfterSeconds: 10 });
await broker.start();

const dyingBeforeCommit: Subscription = {
  ...subscription,
  target: {
    name: 'counters',
    run: async (tx, items) => {
      const outcomes = await subscription.target.run(tx, items);
      return moment === 'before-commit' ? die() : outcomes;
    },
  },
};

const publisher: Pick<Broker, 'publish'> = {
  publish: async (messages) => {
    const confirmed = await broker.publish(messages);
    return moment === 'after-publish-before-delete' ? die() : confirmed;
  },
};

const outbox = relay({ service: 'counting', clock: systemClock, database, broker: publisher, observer: silent });
const handle = batchHandler({ database, subscriptions: [dyingBeforeCommit], clock: systemClock, observer: silent, committed: outbox.wake });
await outbox.start();
await broker.subscribe({ queue: 'counting', batchSize: 20 }, async (batch) => {
  const settlements = await handle(batch);
  return moment === 'after-commit-before-ack' ? die() : settlements;
});
