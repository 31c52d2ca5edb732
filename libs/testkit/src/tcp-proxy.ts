import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A network that can be taken away. Stands between a broker of ours and its server. */
export interface Network {
  /** The same URL, through the proxy. */
  readonly url: string;
  /** Resets all connections and refuses new ones. */
  cut(): Promise<void>;
  /** Swallows everything from now on, in both directions, without closing anything. */
  blackHole(): void;
  restore(): Promise<void>;
  close(): Promise<void>;
}

export const openNetwork = async (targetUrl: string): Promise<Network> => {
  const target = new URL(targetUrl);
  const sockets = new Set<Socket>();
  let swallowing = false;

  const join = (client: Socket): void => {
    const upstream = connect({ host: target.hostname, port: Number(target.port), noDelay: true });
    client.setNoDelay(true);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk) => swallowing || to.write(chunk));
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        if (!swallowing) to.destroy();
      });
    }
  };

  const listen = async (port: number): Promise<Server> => {
    const server = createServer(join).listen(port, '127.0.0.1');
    await once(server, 'listening');
    return server;
  };

  const drop = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.resetAndDestroy();
    await closed;
  };

  let server = await listen(0);
  const { port } = server.address() as AddressInfo;
  const url = new URL(targetUrl);
  url.host = `127.0.0.1:${port}`;

  return {
    url: url.href,
    cut: drop,
    blackHole: () => {
      swallowing = true;
    },
    restore: async () => {
      swallowing = false;
      if (server.listening) for (const socket of sockets) socket.resetAndDestroy();
      else server = await listen(port);
    },
    close: async () => {
      if (server.listening) await drop();
    },
  };
};
