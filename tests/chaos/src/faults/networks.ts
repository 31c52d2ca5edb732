import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '@orderbus/testkit';
import type { Network, NetworkCounts, Pace } from '@orderbus/testkit/tcp-proxy';
import type { Fault, Scene } from '../fault.ts';

/** Between whom: every service and its database, every service and the broker, the gateway and Amazon. */
const places = {
  postgres: { between: 'the services and PostgreSQL', of: ({ stage }: Scene) => [...stage.toDatabase.values()] },
  broker: { between: 'the services and the broker', of: ({ stage }: Scene) => [...stage.toBroker.values()] },
  amazon: { between: 'the gateway and Amazon', of: ({ stage }: Scene) => [stage.toAmazon] },
} as const;
type Place = keyof typeof places;

interface Weather {
  readonly what: string;
  readonly shownBy: string;
  readonly counted: keyof NetworkCounts;
  readonly unit: string;
  readonly spoil: (network: Network) => void | Promise<void>;
  /** How long it stays, at least. */
  readonly ms: number;
}

const pages = '<!doctype html><title>Sign in to the network</title>';
const slow = (pace: Pace) => (network: Network) => network.slow(pace);

const weathers = {
  latency: {
    what: 'Everything takes 200 ms more, give or take 150',
    ...{ shownBy: 'the proxies count the bytes that came late', counted: 'delayed', unit: 'bytes came late' },
    ...{ spoil: slow({ latencyMs: 200, jitterMs: 150 }), ms: 5_000 },
  },
  bandwidth: {
    what: 'Each connection has 10 kB/s left',
    ...{ shownBy: 'the proxies count the bytes that came late', counted: 'delayed', unit: 'bytes came late' },
    ...{ spoil: slow({ bytesPerSecond: 10_000 }), ms: 5_000 },
  },
  reset: {
    what: 'All connections are reset, again and again; new ones are let through',
    ...{ shownBy: 'the proxies count what they have reset', counted: 'reset', unit: 'connections were reset' },
    spoil: async (network: Network) => {
      for (let blow = 0; blow < 3; blow++) {
        await network.reset();
        await sleep(300);
      }
    },
    ms: 0,
  },
  cut: {
    what: 'The network is gone for some seconds: all connections are reset, and all new ones',
    ...{ shownBy: 'the proxies count what they have reset', counted: 'reset', unit: 'connections were reset' },
    ...{ spoil: (network: Network) => network.cut(), ms: 4_000 },
  },
  'black-hole': {
    what: 'Everything is swallowed, and nothing is closed',
    ...{ shownBy: 'the proxies count the bytes that nobody got', counted: 'swallowed', unit: 'bytes were swallowed' },
    ...{ spoil: (network: Network) => network.blackHole(), ms: 12_000 },
  },
  'half-open': {
    what: 'The other end goes away, and ours never hears of it',
    ...{ shownBy: 'the proxies count the bytes that nobody got', counted: 'swallowed', unit: 'bytes were swallowed' },
    ...{ spoil: (network: Network) => network.halfOpen(), ms: 12_000 },
  },
  html: {
    what: 'Somebody else answers with a web page, as the network of a hotel does',
    ...{ shownBy: 'the proxy counts whom it has answered', counted: 'answered', unit: 'calls were answered with a page' },
    spoil: (network: Network) =>
      network.answer(`HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: ${pages.length}\r\nconnection: close\r\n\r\n${pages}`),
    ms: 4_000,
  },
} as const satisfies Record<string, Weather>;

const inShort = ['postgres-network-reset', 'broker-network-black-hole', 'amazon-network-html'];

const faultOf = (place: Place, kind: keyof typeof weathers): Fault => {
  const { between, of } = places[place];
  const { what, shownBy, counted, unit, spoil, ms } = weathers[kind];
  const name = `${place}-network-${kind}`;
  return {
    name,
    what: `Between ${between}: ${what[0]?.toLowerCase()}${what.slice(1)}`,
    shownBy,
    short: inShort.includes(name),
    play: async (scene) => {
      const networks = of(scene);
      const count = (): number => networks.reduce((sum, network) => sum + network.counts[counted], 0);
      const before = count();
      await Promise.all(networks.map(spoil));
      const felt = eventually(
        () => {
          const more = count() - before;
          if (more === 0) throw new Error(`no ${unit}`);
        },
        { withinMs: 30_000, everyMs: 100 },
      );
      await Promise.all([felt, sleep(ms)]);
      await Promise.all(networks.map((network) => network.restore()));
      return { times: networks.length, seen: `${count() - before} ${unit}` };
    },
  };
};

const everywhere = ['latency', 'bandwidth', 'reset', 'cut', 'black-hole', 'half-open'] as const;

export const networks: readonly Fault[] = [
  ...(Object.keys(places) as Place[]).flatMap((place) => everywhere.map((kind) => faultOf(place, kind))),
  faultOf('amazon', 'html'),
];
