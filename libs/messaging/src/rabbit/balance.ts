import type { Channel } from 'amqplib';
import { pause } from '../patience.ts';
import type { Watched } from './channel.ts';

/** Of queues that one consumer at a time works on. */
export interface Balance {
  readonly queues: readonly string[];
  /** How many processes there are to share them. */
  readonly consumers: (channel: Channel) => Promise<number>;
  readonly everyMs: number;
}

/** Consumes a queue, tells of each message, and answers with the consumer's tag. */
type Consume = (queue: string, heard: () => void) => Promise<string>;

/**
 * The broker gives each of these queues to the consumer that came first; the others wait in line. Whoever starts first would work on all of
 * them for good, so whoever hears from more of them than its share goes to the end of the line for the others. What it holds of those it
 * still finishes, while the next one begins: for that moment, what keeps the order is the versions.
 */
export const share = async (
  { channel, gone }: Watched<Channel>,
  consume: Consume,
  { queues, consumers, everyMs }: Balance,
): Promise<void> => {
  const tags = new Map<string, string>();
  const mine = new Set<string>();
  const join = async (queue: string): Promise<void> => {
    tags.set(queue, await consume(queue, () => mine.add(queue)));
  };
  const passOn = async (): Promise<void> => {
    for (const queue of surplus([...mine], queues.length, await consumers(channel))) {
      await channel.cancel(tags.get(queue) as string);
      mine.delete(queue);
      await join(queue);
    }
  };
  const takeTurns = async (): Promise<void> => {
    for (;;) {
      await pause(everyMs, gone);
      if (gone.aborted) return;
      await passOn();
    }
  };

  for (const queue of queues) await join(queue);
  // What fails here has taken the channel with it; the next channel begins anew.
  void takeTurns().catch(() => {});
};

/** Which of the queues that a consumer works on are more than its share, rounded up. */
export const surplus = (mine: readonly string[], queues: number, consumers: number): string[] =>
  mine.slice(Math.ceil(queues / Math.max(1, consumers)));
