import type { Channel } from 'amqplib';
import type { BrokerLog } from '../options.ts';
import { within } from '../patience.ts';

/** A channel and the signal that tells when it is of no use any more. Nothing that happens to it throws outside of it. */
export interface Watched<C extends Channel> {
  readonly channel: C;
  readonly gone: AbortSignal;
  /** Declares it dead at once, then closes it as far as the broker still answers. */
  close(): Promise<void>;
}

const closeTimeoutMs = 2000;

export const watch = <C extends Channel>(channel: C, log: BrokerLog): Watched<C> => {
  const gone = new AbortController();
  // Every window that is under way listens for returned messages.
  channel.setMaxListeners(0);
  channel.on('error', (error) => log.warn({ reason: error.message }, 'the broker closed a channel'));
  channel.on('handler-error', (error) => log.error({ reason: error.message }, 'a channel listener failed'));
  channel.on('close', () => gone.abort());
  return {
    channel,
    gone: gone.signal,
    close: async () => {
      if (gone.signal.aborted) return;
      gone.abort();
      await within(closeTimeoutMs, closing(channel));
    },
  };
};

/** As a function: on a connection that is gone, `close` throws before it promises. */
const closing = async (channel: Channel): Promise<void> => channel.close();
