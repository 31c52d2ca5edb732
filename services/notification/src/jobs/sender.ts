import { failed, outcomeAttribute, SpanKind, spanNames, traced } from '@orderbus/outbox';
import { every, type Job, type ServiceKit } from '@orderbus/service-kit';
import { type ClaimedDelivery, claimDue, contentsOf, giveBack, markNotSent, markSent } from '../store/deliveries.ts';
import { type Content, compose } from '../words/compose.ts';
import { sampleContent } from '../words/sample-alert.ts';
import type { Templates } from '../words/templates.ts';
import type { Carrier, Outcome } from './carriers/carrier.ts';

const batchSize = 10;
const pollMs = 250;
/** What another instance has written, and what waits for its time, is found so late at most. */
const idleMs = 2_000;

export interface SenderOptions {
  readonly carrier: Carrier;
  readonly templates: Templates;
  readonly consoleUrl: string | undefined;
  /** Between attempts; then a message has failed. */
  readonly delaysMs: readonly number[];
}

/**
 * Sends the messages that are due, each row first, then the call, then its outcome. At least once: a crash between the other side's answer and
 * saving it sends the message again, under the same id. While the other side is away they wait, longer after each attempt.
 */
export const messageSender = (kit: ServiceKit, { carrier, templates, consoleUrl, delaysMs }: SenderOptions): Job => {
  const { database, log, metrics, clock, tracing } = kit;
  const name = `notification.${carrier.name}`;
  /** Longer than a whole batch can take: nobody else claims a message that is still being sent. */
  const leaseMs = batchSize * carrier.timeoutMs + 60_000;
  const outcomes = metrics.counter({
    name: 'delivery_attempts_total',
    help: 'Attempts to send a message, by outcome',
    labelNames: ['channel', 'outcome'],
  });
  const inMs = (ms: number): Date => new Date(clock.now().getTime() + ms);

  /** With the alerts as they are now: what has been settled meanwhile is told as settled. */
  const send = async (delivery: ClaimedDelivery, content: Content): Promise<Outcome> => {
    const { id, language, timeZone } = delivery;
    try {
      return carrier.send({ delivery, content, words: compose(templates, content, { language, timeZone }, consoleUrl) });
    } catch (err) {
      // One that cannot be worded keeps no others from being sent.
      log.error({ err, delivery: id }, 'a message could not be worded');
      return { outcome: 'never', error: { code: 'delivery.not-worded', words: 'it could not be worded' } };
    }
  };

  /** Linked to where its alerts were raised: a message may tell of many. */
  const sendTraced = (delivery: ClaimedDelivery, content: Content): Promise<Outcome> => {
    const words = { kind: SpanKind.CLIENT, root: true, links: delivery.traceparents };
    return traced(tracing, spanNames.message(delivery.channel), words, async (span) => {
      const result = await send(delivery, content);
      span?.setAttributes(outcomeAttribute(result.outcome));
      if (span && result.outcome !== 'sent') failed(span, result.outcome);
      return result;
    });
  };

  /** When it is tried again, if it is. */
  const againAt = (attempts: number, result: Outcome): Date | undefined => {
    const delayMs = delaysMs[attempts - 1];
    return result.outcome === 'again' && delayMs !== undefined ? inMs(Math.max(delayMs, result.afterMs ?? 0)) : undefined;
  };

  const settle = async (delivery: ClaimedDelivery, result: Outcome): Promise<void> => {
    const { id, channel, attempts } = delivery;
    if (result.outcome === 'not-tried') return void (await giveBack(database, [delivery], inMs(result.afterMs)));
    if (result.outcome === 'sent') {
      await markSent(database, delivery, result.answer.slice(0, 500), clock.now());
      return outcomes.inc({ channel, outcome: 'sent' });
    }
    const again = againAt(attempts, result);
    await markNotSent(database, delivery, { error: result.error, answer: result.answer, again });
    outcomes.inc({ channel, outcome: again ? 'again-later' : 'failed' });
    const details = { delivery: id, channel, attempts, problem: result.error.words, again };
    if (again) log.warn(details, 'a message could not be sent, it is tried again');
    else log.error(details, 'a message could not be sent and is given up');
  };

  const sendBatch = async (batch: readonly ClaimedDelivery[], signal: AbortSignal): Promise<void> => {
    const contents = await contentsOf(
      database,
      batch.map(({ id }) => id),
    );
    for (let n = 0; n < batch.length; n += carrier.together) {
      if (signal.aborted) return void (await giveBack(database, batch.slice(n), clock.now()));
      await Promise.all(
        batch.slice(n, n + carrier.together).map(async (delivery) => {
          const { testKind, ruleName: rule, tenants } = delivery;
          const told = contents.get(delivery.id) ?? { alerts: [], counts: {} };
          const content = testKind ? sampleContent(testKind, tenants[0] ?? '', clock.now(), rule) : { ...told, rule, test: false };
          await settle(delivery, await sendTraced(delivery, content));
        }),
      );
    }
  };

  const turn = async (signal: AbortSignal): Promise<boolean> => {
    let [found, claimed] = [false, batchSize];
    while (claimed === batchSize && !signal.aborted) {
      const batch = await claimDue(database, { channels: carrier.channels, limit: batchSize, leaseMs, now: clock.now() });
      if (batch.length > 0) await sendBatch(batch, signal);
      claimed = batch.length;
      found ||= claimed > 0;
    }
    return found;
  };

  const loop = every(pollMs, turn, { name, log, idleMs });
  return {
    name,
    start: loop.start,
    wake: loop.wake,
    stop: async () => {
      await loop.stop();
      await carrier.stop();
    },
  };
};
