import { notifications } from '@orderbus/outbox';
import { buildService, type Part, type Service, type ServiceKit, type Surroundings, serveWeb } from '@orderbus/service-kit';
import type { ConsoleConfig } from './config.ts';
import { subscriptions } from './handlers/index.ts';
import { needsRoutes } from './http/needs-routes.ts';
import { overviewRoutes } from './http/overview-routes.ts';
import { sandboxRoutes } from './http/sandbox-routes.ts';
import { stuckRoutes } from './http/stuck-routes.ts';
import { timelineRoutes } from './http/timeline-routes.ts';
import { filler } from './jobs/filler.ts';
import { forgetter } from './jobs/forgetter.ts';
import { createHub } from './live/hub.ts';
import { liveRoutes } from './live/routes.ts';
import { liveChannel, readPayload } from './live/tell.ts';
import { pagePolicy } from './pages/policy.ts';
import { ownersPassage } from './services/passage.ts';
import { openDoor } from './session/door.ts';
import { signedOutAt } from './session/refusals.ts';
import { sessionRoutes } from './session/routes.ts';
import { createVisitors } from './session/visitors.ts';
import { entities } from './store/entities.ts';
import { migrations } from './store/migrations/index.ts';
import type { ConsoleKit } from './surroundings.ts';

export { ConsoleConfig } from './config.ts';
export { subscriptions } from './handlers/index.ts';
export { migrations } from './store/migrations/index.ts';

/** The service's name, and the name of its queue. */
export const name = 'console';

/** Its schema in the database; the role is `orderbus_<schema>`. */
export const schema = 'console';

/** The pages of the seller's staff, and what they ask: who is here, and the owners' HTTP APIs in his name. */
export const buildConsoleApp = (config: ConsoleConfig, surroundings?: Surroundings): Service => {
  let grown: ConsoleKit | undefined;
  const grow = (kit: ServiceKit): ConsoleKit => {
    grown ??= consoleKit(kit, config);
    return grown;
  };
  return buildService(
    {
      ...{ name, schema, subscriptions, entities, migrations },
      description:
        'The pages of the staff, and what they ask for. What belongs to an owner is asked of the owner, with a token of the visitor; what is put ' +
        'together from all of them is kept here, from their events.',
      authenticate: (kit) => grow(kit).door.authenticate,
      middleware: ({ log }) => [serveWeb({ folder: config.WEB_FOLDER, build: 'npm run build:web', log, policy: pagePolicy })],
      passages: (kit) => [ownersPassage(grow(kit))],
      routes: (kit) =>
        [sessionRoutes, sandboxRoutes, overviewRoutes, needsRoutes, timelineRoutes, stuckRoutes, liveRoutes].flatMap((routes) =>
          routes(grow(kit)),
        ),
      jobs: (kit) => [...live(grow(kit)), filler(grow(kit)), forgetter(grow(kit))],
    },
    config,
    surroundings,
  );
};

const consoleKit = (kit: ServiceKit, config: ConsoleConfig): ConsoleKit => {
  const { ACCESS_URL: accessUrl, ACCESS_PUBLIC_URL: accessPublicUrl, PUBLIC_URL: publicUrl } = config;
  const signedOut = () => signedOutAt(accessPublicUrl, publicUrl);
  const visitors = createVisitors({ accessUrl, headersFor: kit.headersFor, signedOut, clock: kit.clock });
  const door = openDoor({ visitors, accessUrl, accessPublicUrl, publicUrl, signedOut });
  return { ...kit, config, visitors, door, hub: createHub(kit) };
};

/** The hub hears of what any instance tells. */
const live = ({ database, log, hub }: ConsoleKit): Part[] => [
  hub,
  notifications({
    ...{ database, channel: liveChannel, begun: hub.begun, log: (message, details) => log.warn(details, message) },
    heard: (payload) => hub.heard(readPayload(payload)),
  }),
];
