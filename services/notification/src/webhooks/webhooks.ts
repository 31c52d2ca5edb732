import type { Clock } from '@orderbus/kernel';
import type { Subscription, Target } from '@orderbus/outbox';
import type { Part, Route, ServiceKit } from '@orderbus/service-kit';
import type { WatchCommand } from '../domain/watch.ts';
import { hearing } from './handlers.ts';
import { routes } from './http/routes.ts';
import { forgetter } from './jobs/forgetter.ts';
import { measureWebhooks } from './jobs/measure.ts';
import { replayer } from './jobs/replayer.ts';
import { webhookSender } from './jobs/sender.ts';
import { safePost } from './safe-post.ts';
import type { WebhookSettings } from './settings.ts';
import { staff } from './stopped.ts';
import { heardEvents } from './store/heard.ts';

/** Tells integrators what happens, by signed calls of the URLs that they have named. */
export interface Webhooks {
  readonly subscriptions: readonly Subscription[];
  readonly routes: (kit: ServiceKit) => readonly Route[];
  readonly jobs: (kit: ServiceKit) => readonly Part[];
}

export const webhooks = (config: WebhookSettings, watches: Target<WatchCommand>, clock: Clock): Webhooks => {
  const ring = config.ORDERBUS_KEYS;
  const deadlineMs = config.WEBHOOK_DEADLINE;
  const post = safePost({ allowedHosts: config.WEBHOOK_ALLOWED_HOSTS, deadlineMs });
  return {
    subscriptions: webhookSubscriptions(clock),
    routes: (kit) => routes({ kit, ring, post, staff: staff(watches) }),
    jobs: (kit) => {
      measureWebhooks(kit);
      const schedule = { delaysMs: config.WEBHOOK_RETRY_DELAYS, chance: Math.random };
      return [
        { name: 'notification.calls', stop: post.stop },
        webhookSender(kit, {
          ...{ ring, post: post.post, schedule, deadlineMs, staff: staff(watches) },
          ...{ concurrency: config.WEBHOOK_CONCURRENCY, pauseAfterMs: config.WEBHOOK_PAUSE_AFTER },
        }),
        replayer(kit),
        forgetter(kit, config.WEBHOOK_EVENTS_KEPT),
      ];
    },
  };
};

export const webhookSubscriptions = (clock: Clock): readonly Subscription[] => hearing(heardEvents(clock));
