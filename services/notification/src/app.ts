import { systemClock } from '@orderbus/kernel';
import { buildService, databaseClock, type Part, type Service, type ServiceKit, type Surroundings } from '@orderbus/service-kit';
import { mailSettings, type NotificationConfig, rulesOfEnvironment } from './config.ts';
import { subscriptionsOf } from './handlers/index.ts';
import { alertRoutes } from './http/alert-routes.ts';
import { deliveryRoutes } from './http/delivery-routes.ts';
import { previewRoutes } from './http/preview-routes.ts';
import { ruleRoutes } from './http/rule-routes.ts';
import { ruleTestRoutes } from './http/rule-test-routes.ts';
import type { Carrier } from './jobs/carriers/carrier.ts';
import { hookCarrier } from './jobs/carriers/hooks.ts';
import { mailCarrier } from './jobs/carriers/mail.ts';
import { messageSender } from './jobs/sender.ts';
import { measureAlerts } from './metrics/alerts.ts';
import { AlertEntity, WatchEntity } from './store/entities.ts';
import { telling } from './store/gather.ts';
import { migrations as ownMigrations } from './store/migrations/index.ts';
import { ruleBook } from './store/rules.ts';
import { watches } from './store/watches.ts';
import { type SafePost, safePost } from './webhooks/safe-post.ts';
import { webhookMigrations } from './webhooks/store/migrations.ts';
import { webhookSubscriptions, webhooks } from './webhooks/webhooks.ts';
import { loadTemplates, type Templates } from './words/templates.ts';

export { NotificationConfig } from './config.ts';
export { sealedColumns } from './sealed-columns.ts';

/** The service's name, and the name of its queue. */
export const name = 'notification';

/** Its schema in the database; the role is `orderbus_<schema>`. */
export const schema = 'notification';

export const migrations = [...ownMigrations, ...webhookMigrations];

/**
 * Tells the seller's staff what needs them, and integrators what happens. Buyers are never written to: what is known of them is sealed in the
 * events that are read here, with keys that this service does not have; recipients come from rules alone, and addresses at Amazon's relay are
 * refused.
 */
export const buildNotificationApp = (config: NotificationConfig, surroundings?: Surroundings): Service => {
  const clock = surroundings?.clock ?? databaseClock();
  const templates = loadTemplates();
  const book = ruleBook(rulesOfEnvironment(config));
  const target = watches(telling({ rules: book, now: clock.now, gatherMs: config.ALERT_GATHER }));
  const client = safePost({ allowedHosts: config.WEBHOOK_ALLOWED_HOSTS });
  const means = { mail: mailSettings(config) !== undefined, ring: config.ORDERBUS_KEYS, check: client.check };
  const integrators = webhooks(config, target, clock);
  return buildService(
    {
      name,
      description:
        'Records what the staff should know about orders and stores, and tells them as rules say; tells integrators of events. Amazon buyers are never mailed.',
      schema,
      entities: [WatchEntity as never, AlertEntity as never],
      migrations,
      subscriptions: [...subscriptionsOf(target), ...integrators.subscriptions],
      routes: (kit) => [
        ...alertRoutes(kit, target, templates),
        ...ruleRoutes(kit, book, means),
        ...ruleTestRoutes(kit, book),
        ...previewRoutes(kit, templates, config.CONSOLE_URL),
        ...deliveryRoutes(kit),
        ...integrators.routes(kit),
      ],
      keys: config,
      jobs: (kit) => {
        measureAlerts(kit);
        return [...senders(kit, config, templates, client), ...integrators.jobs(kit)];
      },
    },
    config,
    { ...surroundings, clock },
  );
};

/** One for each way out of the house that there is: an outage of one holds up no other. */
const senders = (kit: ServiceKit, config: NotificationConfig, templates: Templates, client: SafePost): Part[] => {
  const { CONSOLE_URL: consoleUrl, ALERT_MAIL_DELAYS: delaysMs, ORDERBUS_KEYS: ring } = config;
  const mail = mailSettings(config);
  const hooks = hookCarrier(kit, { ring, client, consoleUrl });
  const carriers: Carrier[] = mail === undefined ? [hooks] : [mailCarrier(kit, mail), hooks];
  return carriers.map((carrier) => messageSender(kit, { carrier, templates, consoleUrl, delaysMs }));
};

/** Which events this service listens to, for documents and tests. */
export const subscriptions = [...subscriptionsOf(watches(async () => {})), ...webhookSubscriptions(systemClock)];
