import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A network that can be taken away. Stands between a broker of ours and its server. */
export interface Network {
  /** The same URL, through the proxy. */
  readonly url: string;
  /** Resets all connections, and new ones. */
  cut(): Promise<void>;
  /** Swallows everything from now on, in both directions, without closing anything. */
  blackHole(): void;
  restore(): Promise<void>;
  close(): Promise<void>;
}

/**
 * While it is cut it goes on listening, and resets whoever comes: a port that is let go may belong to somebody else when it is wanted back.
 */
export const openNetwork = async (targetUrl: string): Promise<Network> => {
  const target = new URL(targetUrl);
  const sockets = new Set<Socket>();
  let state: 'up' | 'cut' | 'swallowing' = 'up';

  const join = (client: Socket): void => {
    client.on('error', () => {});
    if (state === 'cut') {
      client.resetAndDestroy();
      return;
    }
    const upstream = connect({ host: target.hostname, port: Number(target.port), noDelay: true });
    client.setNoDelay(true);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk) => state === 'swallowing' || to.write(chunk));
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        if (state !== 'swallowing') to.destroy();
      });
    }
  };

  const server = createServer(join).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(targetUrl);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  /** Those that are about to be accepted find the state changed. */
  const resetAll = async (next: typeof state): Promise<void> => {
    state = next;
    const open = [...sockets];
    const closed = open.map((socket) => (socket.closed ? undefined : gone(socket)));
    for (const socket of open) socket.resetAndDestroy();
    await Promise.all(closed);
  };

  return {
    url: url.href,
    cut: () => resetAll('cut'),
    blackHole: () => {
      state = 'swallowing';
    },
    restore: async () => {
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

/** Whichever comes: one that is closing already can no longer be reset, and says so instead. */
const gone = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    socket.once('close', () => resolve()).once('error', () => resolve());
  });
