import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError, type Clock, systemClock } from '@orderbus/kernel';
import { AdjustableClock } from './adjustable-clock.ts';
import { Applications } from './amazon/applications.ts';
import { Authorizations } from './amazon/authorizations.ts';
import { Throttle } from './amazon/throttle.ts';
import { buildWrites, type Writes } from './amazon/writes.ts';
import type { SandboxConfig } from './config.ts';
import { Faults } from './http/faults.ts';
import { buildHttpApp } from './http/http-app.ts';
import { RequestCounts } from './http/request-counts.ts';
import type { FeedDelays } from './world/feeds.ts';
import { Journal, type SavedWorld } from './world/journal.ts';
import type { Keeper } from './world/keeper.ts';
import { World, type WorldListener } from './world/world.ts';

export { type SandboxConfig, SandboxEnvironment } from './config.ts';
export { catalogue, type Product } from './world/catalogue.ts';
export { itemPrograms, programs } from './world/order.ts';
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
  const adjustable = config.clock ? undefined : new AdjustableClock(systemClock, config.speed ?? 1);
  const clock = config.clock ?? adjustable ?? systemClock;
  const faults = new Faults(clock, config.seed);
  const journal = config.file === undefined ? undefined : new Journal(config.file);
  const world = new World(config, clock, journal ?? nobody, (order) => faults.about('not-bumped', order).length === 0);
  const writes = buildWrites({ world, keeper: journal ?? nobody, fates: faults, delays: config.feedDelayMs ?? defaultFeedDelayMs });
  const server = createServer(httpAppFor(config, { clock, adjustable, faults, world, writes }));
  let timer: NodeJS.Timeout | undefined;

  return {
    world,
    get url() {
      return urlOf(server);
    },
    start: async () => {
      const saved = await journal?.load();
      if (saved) {
        adjustable?.notBefore(latestOf(saved));
        writes.resume(saved);
        world.resume(saved.state, saved.orders);
      } else world.begin(config);
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

const nobody: WorldListener & Keeper = { saved: () => undefined, reset: () => undefined, keep: () => undefined, drop: () => undefined };

const defaultFeedDelayMs: FeedDelays = { queueMs: 15_000, processingMs: 30_000 };

interface Parts {
  readonly clock: Clock;
  readonly adjustable: AdjustableClock | undefined;
  readonly faults: Faults;
  readonly world: World;
  readonly writes: Writes;
}

const httpAppFor = (config: SandboxConfig, parts: Parts) => {
  const { limits, visibilityLagMs, tokenLifetimeSeconds = 3600, financesDelayMs = 600_000, transactionsPerPage = 500 } = config;
  return buildHttpApp({
    ...parts,
    ...{ visibilityLagMs, financesDelayMs, transactionsPerPage },
    authorizations: new Authorizations(parts.clock, tokenLifetimeSeconds),
    applications: new Applications(),
    requests: new RequestCounts(),
    throttle: limits === 'documented' ? new Throttle(parts.clock) : undefined,
  });
};

const latestOf = ({ orders, feeds, writes }: SavedWorld): number => {
  let latest = 0;
  for (const { lastUpdatedTime } of orders) latest = Math.max(latest, lastUpdatedTime);
  for (const { createdAt, endedAt = createdAt } of feeds) latest = Math.max(latest, endedAt);
  for (const { at } of writes) latest = Math.max(latest, at);
  return latest;
};

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
