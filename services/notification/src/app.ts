import { systemClock } from '@orderbus/kernel';
import { buildService, type Service, type Surroundings } from '@orderbus/service-kit';
import { type MailSettings, mailSettings, type NotificationConfig } from './config.ts';
import { subscriptionsOf } from './handlers/index.ts';
import { alertRoutes } from './http/alert-routes.ts';
import { deliveryRoutes } from './http/delivery-routes.ts';
import { mailSender } from './jobs/mail-sender.ts';
import { measureAlerts } from './metrics/alerts.ts';
import { AlertEntity, WatchEntity } from './store/entities.ts';
import { migrations } from './store/migrations/index.ts';
import { type MailPlan, watches } from './store/watches.ts';
import { webhookMigrations } from './webhooks/store/migrations.ts';
import { webhookSubscriptions, webhooks } from './webhooks/webhooks.ts';
import { loadTemplates } from './words/templates.ts';

export { NotificationConfig } from './config.ts';

/** The service's name, and the name of its queue. */
export const name = 'notification';

/** Its schema in the database; the role is `orderbus_<schema>`. */
export const schema = 'notification';

/**
 * Tells the seller's staff what needs them, and integrators what happens. Buyers are never written to: what is known of them is sealed in the
 * events that are read here, with keys that this service does not have; recipients come from `ALERT_TO` alone.
 */
export const buildNotificationApp = (config: NotificationConfig, surroundings?: Surroundings): Service => {
  const mail = mailSettings(config);
  const templates = loadTemplates();
  const target = watches(planOf(mail));
  const hooks = webhooks(config, target, surroundings?.clock);
  return buildService(
    {
      name,
      description:
        'Records what the staff should know about orders and stores, and mails it to them; tells integrators of events. Amazon buyers are never mailed.',
      schema,
      entities: [WatchEntity as never, AlertEntity as never],
      migrations: [...migrations, ...webhookMigrations],
      subscriptions: [...subscriptionsOf(target), ...hooks.subscriptions],
      routes: (kit) => [...alertRoutes(kit, target, templates), ...deliveryRoutes(kit), ...hooks.routes(kit)],
      jobs: (kit) => {
        measureAlerts(kit);
        return [...(mail === undefined ? [] : [mailSender(kit, mail, templates)]), ...hooks.jobs(kit)];
      },
    },
    config,
    surroundings,
  );
};

const nobody: MailPlan = { kinds: [], recipients: [] };

const planOf = (mail: MailSettings | undefined): MailPlan => (mail === undefined ? nobody : { kinds: mail.kinds, recipients: mail.to });

/** Which events this service listens to, for documents and tests. */
export const subscriptions = [...subscriptionsOf(watches(nobody)), ...webhookSubscriptions(systemClock)];
