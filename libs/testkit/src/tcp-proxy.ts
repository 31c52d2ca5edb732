import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A network that can be taken away, or be bad. Stands between a service of ours and a server. */
export interface Network {
  /** The same URL, through the proxy. */
  readonly url: string;
  readonly counts: NetworkCounts;
  /** Resets all connections, and new ones. */
  cut(): Promise<void>;
  /** Resets all connections; new ones are let through. */
  reset(): Promise<void>;
  /** Swallows everything from now on, in both directions, without closing anything. */
  blackHole(): void;
  /** The server's end of each connection goes away, and ours never hears of it. */
  halfOpen(): void;
  /** Everything takes its time from now on, in both directions, and stays in order. */
  slow(pace: Pace): void;
  /** Whoever speaks is answered with this text, as by a proxy that has something else to say, and hears no more. */
  answer(text: string): Promise<void>;
  /** Whole and fast again. */
  restore(): Promise<void>;
  close(): Promise<void>;
}

export interface Pace {
  readonly latencyMs?: number;
  /** Up to so much more or less than the latency. */
  readonly jitterMs?: number;
  /** Of each connection, in each direction. */
  readonly bytesPerSecond?: number;
}

/** What a fault has done so far: that it was really felt. */
export interface NetworkCounts {
  /** Connections that were reset, or refused. */
  readonly reset: number;
  /** Bytes that nobody got. */
  readonly swallowed: number;
  /** Bytes that came late. */
  readonly delayed: number;
  /** Connections that were answered by somebody else. */
  readonly answered: number;
}

/**
 * While it is cut it goes on listening, and resets whoever comes: a port that is let go may belong to somebody else when it is wanted back.
 */
export const openNetwork = async (targetUrl: string): Promise<Network> => {
  const target = new URL(targetUrl);
  const sockets = new Set<Socket>();
  const upstreams = new Set<Socket>();
  const counts = { reset: 0, swallowed: 0, delayed: 0, answered: 0 };
  let state: 'up' | 'cut' | 'swallowing' = 'up';
  let pace: Pace | undefined;
  let words: string | undefined;

  const passOn = (from: Socket, to: Socket): void => {
    const line = slowLine(to);
    from.on('data', (chunk) => {
      if (state === 'swallowing') counts.swallowed += chunk.length;
      else if (pace) {
        counts.delayed += chunk.length;
        line.send(chunk, pace, from);
      } else if (line.busy) line.send(chunk, {}, from);
      else to.write(chunk);
    });
    from.on('error', () => to.destroy());
    from.on('close', () => {
      if (state !== 'swallowing') void line.idle().then(() => to.destroy());
    });
  };

  const join = (client: Socket): void => {
    client.on('error', () => {});
    if (state === 'cut') {
      counts.reset += 1;
      client.resetAndDestroy();
      return;
    }
    const answer = words;
    if (answer !== undefined) {
      client.once('data', () => {
        counts.answered += 1;
        client.end(answer);
      });
      return;
    }
    const upstream = connect({ host: target.hostname, port: Number(target.port), noDelay: true });
    client.setNoDelay(true);
    upstreams.add(upstream);
    upstream.on('close', () => upstreams.delete(upstream));
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    }
    passOn(client, upstream);
    passOn(upstream, client);
  };

  const server = createServer(join).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(targetUrl);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  /** Those that are about to be accepted find the state changed. */
  const resetAll = async (next: typeof state): Promise<void> => {
    state = next;
    const open = [...sockets];
    counts.reset += upstreams.size;
    const closed = open.map((socket) => (socket.closed ? undefined : gone(socket)));
    for (const socket of open) socket.resetAndDestroy();
    await Promise.all(closed);
  };

  return {
    url: url.href,
    counts,
    cut: () => resetAll('cut'),
    reset: () => resetAll('up'),
    blackHole: () => {
      state = 'swallowing';
    },
    halfOpen: () => {
      state = 'swallowing';
      for (const upstream of upstreams) upstream.resetAndDestroy();
    },
    slow: (wanted) => {
      pace = wanted;
    },
    answer: async (text) => {
      words = text;
      await resetAll('up');
    },
    restore: async () => {
      [pace, words] = [undefined, undefined];
      if (state === 'swallowing') await resetAll('up');
      state = 'up';
    },
    close: async () => {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      await resetAll('cut');
      await closed;
    },
  };
};

/** More than this is not taken in before some of it has left. */
const mostWaiting = 64 * 1024;

/** What was sent leaves in this order, each part when it is due. */
const slowLine = (to: Socket) => {
  let tail = Promise.resolve();
  let waiting = 0;
  let freeAt = 0;
  return {
    get busy() {
      return waiting > 0;
    },
    idle: () => tail,
    send: (chunk: Buffer, { latencyMs = 0, jitterMs = 0, bytesPerSecond }: Pace, from: Socket): void => {
      waiting += chunk.length;
      if (waiting > mostWaiting) from.pause();
      const now = performance.now();
      const takesMs = bytesPerSecond === undefined ? 0 : (chunk.length / bytesPerSecond) * 1_000;
      freeAt = Math.max(freeAt, now) + takesMs;
      const due = freeAt + latencyMs + (Math.random() * 2 - 1) * jitterMs;
      tail = tail.then(async () => {
        await sleep(Math.max(0, due - performance.now()));
        if (!to.destroyed) to.write(chunk);
        waiting -= chunk.length;
        if (waiting <= mostWaiting) from.resume();
      });
    },
  };
};

/** Whichever comes: one that is closing already can no longer be reset, and says so instead. */
const gone = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    socket.once('close', () => resolve()).once('error', () => resolve());
  });
