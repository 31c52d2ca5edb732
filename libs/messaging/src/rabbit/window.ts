import type { ConfirmChannel } from 'amqplib';
import type { Watched } from './channel.ts';
import type { Outbound } from './message.ts';

/**
 * Writes the messages in order, as fast as the connection takes them, and waits for their confirms. Without an answer to all of them within
 * the deadline the channel is closed: a broker that swallows one confirm holds back all later ones of that channel.
 */
export const publishWindow = async (
  watched: Watched<ConfirmChannel>,
  messages: readonly Outbound[],
  deadlineMs: number,
  written: () => void,
): Promise<readonly boolean[]> => {
  const confirmed = messages.map(() => false);
  const returned = new Set<string>();
  const { promise: answered, resolve: allAnswered } = Promise.withResolvers<void>();
  const allAnsweredOrLost = () => allAnswered();
  const deadline = setTimeout(() => void watched.close(), deadlineMs);
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
      if (!error && !returned.has(`${routingKey} ${id}`)) confirmed[index] = true;
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
  return confirmed;
};

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
