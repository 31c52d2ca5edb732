import { type Broker, connectBroker, type Delivery, type OutgoingMessage } from '@orderbus/messaging';
import { withDeadline } from '@orderbus/service-kit';
import type { Stage } from '../stage.ts';

/** Somebody who speaks to the broker without being one of us. */
export const asStranger = async <T>(stage: Stage, work: (broker: Broker) => Promise<T>): Promise<T> => {
  const broker = connectBroker(stage.brokerUrl, { name: 'stranger', maxBodyBytes: 8 * 1024 * 1024 });
  await broker.start();
  try {
    return await work(broker);
  } finally {
    await broker.stop();
  }
};

/** The delays that the queues were made with: see `prepare`. */
const retryDelaysMs = [100, 500, 2_000, 10_000, 30_000];

/** Among others, for a retry of what was taken. */
const patienceMs = 60_000;

/** Takes out what waits for a service that does not run, and puts back what is left of it, in the order in which it is left. */
export const tamper = <T>(
  stage: Stage,
  queue: string,
  work: (batch: readonly Delivery[]) => { readonly back: readonly Delivery[]; readonly answer: T },
): Promise<T> =>
  asStranger(stage, async (broker) => {
    const done = Promise.withResolvers<T>();
    const released = Promise.withResolvers<void>();
    const subscription = await broker.subscribe({ queue, batchSize: 1_000, batchWaitMs: 1_500, retryDelaysMs }, async (batch) => {
      const { back, answer } = work(batch);
      const again = back.map(
        ({ id, topic, key, body, headers }): OutgoingMessage => ({ id, topic, key, body: body.toString('utf8'), headers }),
      );
      const confirmed = await broker.redeliver(queue, again);
      // What was delivered again waits there twice, under one id.
      if (!again.every(({ id }) => confirmed.has(id))) throw new Error('not everything could be put back');
      done.resolve(answer);
      // Not before nothing more is taken: what was put back would arrive here.
      await released.promise;
      return batch.map(() => ({ fate: 'done' as const }));
    });
    const answer = await withDeadline(
      patienceMs,
      () => done.promise,
      () => new Error(`nothing that waits for ${queue} could be taken and put back`),
    );
    const stopped = subscription.stop();
    released.resolve();
    await stopped;
    return answer;
  });
