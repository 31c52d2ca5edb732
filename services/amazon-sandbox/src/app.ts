import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError, type Clock, systemClock } from '@orderbus/kernel';
import { Throttle } from './amazon/throttle.ts';
import type { SandboxConfig } from './config.ts';
import { buildHttpApp } from './http/http-app.ts';
import { Outages } from './http/outage.ts';
import { RequestCounts } from './http/request-counts.ts';
import { Journal } from './world/journal.ts';
import { World, type WorldListener } from './world/world.ts';

export type { SandboxConfig } from './config.ts';
export { catalogue, type Product } from './world/catalogue.ts';
export { type Seller, sellers } from './world/sellers.ts';

export interface Sandbox {
  start(): Promise<void>;
  /** Saves the world and cuts all connections. */
  stop(): Promise<void>;
  /** Where it listens, once started. */
  readonly url: string;
  /** What its orders do, for tests: `advance()` lets happen what is due. */
  readonly world: World;
}

const tickMs = 1000;

/** A local Selling Partner API with a world of orders behind it. */
export const buildSandbox = (config: SandboxConfig): Sandbox => {
  const clock = config.clock ?? systemClock;
  const journal = config.file === undefined ? undefined : new Journal(config.file);
  const world = new World(config, clock, journal ?? nobody);
  const server = createServer(httpAppFor(config, clock, world));
  let timer: NodeJS.Timeout | undefined;

  return {
    world,
    get url() {
      return urlOf(server);
    },
    start: async () => {
      const saved = await journal?.load();
      if (saved) world.resume(saved.state, saved.orders);
      else world.begin(config);
      await journal?.open(() => world.state);
      await listen(server, config);
      timer = setInterval(() => world.advance(), tickMs);
    },
    stop: async () => {
      clearInterval(timer);
      await close(server);
      await journal?.close();
    },
  };
};

const nobody: WorldListener = { saved: () => undefined, reset: () => undefined };

const httpAppFor = ({ limits, visibilityLagMs }: SandboxConfig, clock: Clock, world: World) =>
  buildHttpApp({
    world,
    clock,
    visibilityLagMs,
    outages: new Outages(clock),
    requests: new RequestCounts(),
    throttle: limits === 'documented' ? new Throttle(clock) : undefined,
  });

const listen = (server: Server, { port, host = '127.0.0.1' }: SandboxConfig): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    if (!server.listening) return resolve();
    server.close(() => resolve());
    server.closeAllConnections();
  });

const urlOf = (server: Server): string => {
  const address = server.address() as AddressInfo | null;
  if (!address) throw new AppError('bug', 'sandbox.not-started');
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
};
