import type { ConfirmChannel } from 'amqplib';
import type { PublishFailure } from '../options.ts';
import type { Watched } from './channel.ts';
import type { Outbound } from './message.ts';

/** What became of one message. */
export type Outcome = 'confirmed' | PublishFailure;

/**
 * Writes the messages in order, as fast as the connection takes them, and waits for their confirms. Without an answer to all of them within
 * the deadline the channel is closed: a broker that swallows one confirm holds back all later ones of that channel.
 */
export const publishWindow = async (
  watched: Watched<ConfirmChannel>,
  messages: readonly Outbound[],
  deadlineMs: number,
  written: () => void,
): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = messages.map(() => 'closed');
  const returned = new Set<string>();
  const { promise: answered, resolve: allAnswered } = Promise.withResolvers<void>();
  const allAnsweredOrLost = () => allAnswered();
  let late = false;
  const deadline = setTimeout(() => {
    late = !watched.gone.aborted;
    void watched.close();
  }, deadlineMs);
  const noteReturned = ({ fields, properties }: { fields: { routingKey: string }; properties: { messageId?: unknown } }) =>
    returned.add(`${fields.routingKey} ${properties.messageId}`);
  watched.channel.on('return', noteReturned);
  watched.gone.addEventListener('abort', allAnsweredOrLost);

  let unanswered = 0;
  let allWritten = false;
  const answer =
    (index: number, { id, routingKey }: Outbound) =>
    (error: unknown) => {
      unanswered--;
      // A message that was returned is confirmed all the same, right after it came back.
      if (!error) outcomes[index] = returned.has(`${routingKey} ${id}`) ? 'returned' : 'confirmed';
      else if (isRefusal(error)) outcomes[index] = 'nack';
      if (allWritten && unanswered === 0) allAnswered();
    };

  for (const [index, message] of messages.entries()) {
    if (watched.gone.aborted) break;
    unanswered++;
    if (!write(watched.channel, message, answer(index, message))) await drained(watched);
  }
  allWritten = true;
  written();
  if (unanswered === 0 || watched.gone.aborted) allAnswered();
  await answered;
  clearTimeout(deadline);
  watched.channel.off('return', noteReturned);
  watched.gone.removeEventListener('abort', allAnsweredOrLost);
  return late ? outcomes.map((outcome) => (outcome === 'closed' ? 'timeout' : outcome)) : outcomes;
};

/** As amqplib calls a nack back; for everything else the channel or its connection is gone. */
const isRefusal = (error: unknown): boolean => Error.isError(error) && error.message === 'message nacked';

/** May more be written at once? */
const write = (channel: ConfirmChannel, message: Outbound, answered: (error: unknown) => void): boolean => {
  try {
    return channel.publish(message.exchange, message.routingKey, message.content, message.options, answered);
  } catch (error) {
    // Thrown, not called back: the connection died after we looked.
    answered(error);
    return true;
  }
};

/** A channel that dies never drains. */
const drained = ({ channel, gone }: Watched<ConfirmChannel>): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      channel.off('drain', done);
      gone.removeEventListener('abort', done);
      resolve();
    };
    if (gone.aborted) return done();
    channel.once('drain', done);
    gone.addEventListener('abort', done, { once: true });
  });
