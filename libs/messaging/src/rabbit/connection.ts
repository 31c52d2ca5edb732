import type { Socket } from 'node:net';
import { type ChannelModel, connect } from 'amqplib';
import type { BrokerListeners, BrokerLog, ConnectionRole } from '../options.ts';
import { growingPause, pause, unlessAborted, within } from '../patience.ts';
import { reasonOf } from '../reason.ts';

export interface ConnectionOptions {
  readonly url: string;
  readonly name: string;
  readonly role: ConnectionRole;
  readonly heartbeatSeconds: number;
  readonly log: BrokerLog;
  readonly on: BrokerListeners;
}

/** A connection that is there, or on its way back. */
export interface RabbitConnection {
  readonly current: ChannelModel | undefined;
  /** The connection as soon as it is there; `undefined` when the signal comes first. */
  ready(signal: AbortSignal): Promise<ChannelModel | undefined>;
  close(): Promise<void>;
}

const connectTimeoutMs = 10_000;
const closeTimeoutMs = 2000;

/**
 * Connects, and connects again whenever the connection is gone, until it is closed. The loop is ours: the one of amqplib 2.3 stops for ever
 * when the connection dies during its `setup`.
 */
export const superviseConnection = (options: ConnectionOptions): RabbitConnection => {
  const { url, role, log, on } = options;
  const closing = new AbortController();
  const where = { role, broker: new URL(url).host };
  let current: ChannelModel | undefined;
  let arrival = Promise.withResolvers<ChannelModel>();
  let waiting: string | undefined;

  const waitAfter = async (attempt: number, error: unknown): Promise<void> => {
    const reason = reasonOf(error);
    if (waiting !== reason) log.warn({ ...where, reason }, 'waiting for the broker');
    waiting = reason;
    await pause(growingPause(attempt, 100, 10_000), closing.signal);
  };

  const live = async (model: ChannelModel): Promise<unknown> => {
    const gone = whenGone(model, (reason) => log.warn({ ...where, reason }, 'the connection to the broker failed'));
    let blocked = false;
    const setBlocked = (now: boolean): void => {
      if (now !== blocked) on.blocked?.(role, now);
      blocked = now;
    };
    model.on('blocked', () => setBlocked(true));
    model.on('unblocked', () => setBlocked(false));
    if (waiting !== undefined) log.info(where, 'the broker is back');
    waiting = undefined;
    current = model;
    on.connected?.(role);
    arrival.resolve(model);
    const cause = await unlessAborted(gone, closing.signal);
    current = undefined;
    setBlocked(false);
    arrival = Promise.withResolvers<ChannelModel>();
    on.disconnected?.(role);
    return cause;
  };

  const run = async (): Promise<void> => {
    for (let attempt = 0; !closing.signal.aborted; attempt++) {
      const model = await open(options, closing.signal).catch((error: unknown) => waitAfter(attempt, error));
      if (!model) continue;
      attempt = 0;
      const cause = await live(model);
      if (closing.signal.aborted) await closeOrDrop(model);
      else await waitAfter(attempt, cause);
    }
  };
  const running = run();

  return {
    get current() {
      return current;
    },
    ready: (signal) => unlessAborted(arrival.promise, signal),
    close: async () => {
      closing.abort();
      await running;
    },
  };
};

/** `undefined` when the signal came first; a connection that arrives later is closed again. */
const open = async ({ url, name, role, heartbeatSeconds }: ConnectionOptions, signal: AbortSignal): Promise<ChannelModel | undefined> => {
  const withHeartbeat = new URL(url);
  withHeartbeat.searchParams.set('heartbeat', String(heartbeatSeconds));
  const opening = connect(withHeartbeat.toString(), {
    timeout: connectTimeoutMs,
    noDelay: true,
    clientProperties: { connection_name: `${name} ${role}` },
  });
  const model = await unlessAborted(opening, signal);
  if (!model) opening.then(closeOrDrop, () => {});
  return model;
};

/** Listens to everything that would otherwise end the process, and resolves when the connection is closed, for whatever reason. */
const whenGone = (model: ChannelModel, failed: (reason: string) => void): Promise<Error> =>
  new Promise((resolve) => {
    model.on('error', () => {});
    model.on('handler-error', (error) => failed(error.message));
    model.on('close', (error) => {
      // A peer that does not answer any more would keep the socket, and the process, half open.
      setTimeout(() => socketOf(model)?.destroy(), closeTimeoutMs).unref();
      resolve(error ?? new Error('the connection was closed'));
    });
  });

const closeOrDrop = async (model: ChannelModel): Promise<void> => {
  // With an error: without one, amqplib would not notice, and its heartbeat would keep the process alive.
  if (!(await within(closeTimeoutMs, model.close()))) socketOf(model)?.destroy(new Error('the broker does not answer'));
};

/** amqplib has no way to give up on a connection at once. */
const socketOf = (model: ChannelModel): Socket | undefined => (model.connection as { stream?: Socket }).stream;
