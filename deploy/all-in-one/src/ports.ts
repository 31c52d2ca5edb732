import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { AppError } from '@orderbus/kernel';

/** Ports that are ours until they are let go: meanwhile nobody else on the machine is given one of them. */
export interface ReservedPorts {
  readonly ports: readonly number[];
  /** Lets one go, for the server that is about to listen on it. */
  release(port: number): Promise<void>;
  releaseAll(): Promise<void>;
}

/** So many ports that nobody listens on: the first ones from `from` upwards, or any when it is 0. */
export const reservePorts = async (from: number, count: number): Promise<ReservedPorts> => {
  const held = new Map<number, Server>();
  const release = async (port: number): Promise<void> => {
    const server = held.get(port);
    if (!held.delete(port) || !server) return;
    server.close();
    await once(server, 'close');
  };
  const releaseAll = async (): Promise<void> => {
    await Promise.all([...held.keys()].map(release));
  };

  for (let port = from; held.size < count; port = from === 0 ? 0 : port + 1) {
    const server = port > 65_535 ? undefined : await listen(port);
    if (server) held.set((server.address() as AddressInfo).port, server);
    else if (port >= 65_535) {
      await releaseAll();
      throw new AppError('unavailable', 'ports.none-free', { from });
    }
  }
  return { ports: [...held.keys()], release, releaseAll };
};

/** Whoever asks early is turned away, like on a port that nobody listens on. */
const listen = async (port: number): Promise<Server | undefined> => {
  const server = createServer((socket) => socket.destroy());
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return server;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE' || code === 'EACCES') return undefined;
    throw error;
  }
};
