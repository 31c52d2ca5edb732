import { buildService, type Service, type Surroundings } from '@orderbus/service-kit';
import type { BillingConfig } from './config.ts';
import { subscriptions } from './handlers/index.ts';
import { commentRoutes } from './http/comment-routes.ts';
import { creditMemoRoutes } from './http/credit-memo-routes.ts';
import { documentJobs, documentRoutes } from './http/document-routes.ts';
import { invoiceActionRoutes } from './http/invoice-actions.ts';
import { journalRoutes } from './http/journal-routes.ts';
import { routes } from './http/routes.ts';
import { settingsRoutes } from './http/settings-routes.ts';
import { postMissing } from './jobs/post-missing.ts';
import { measureAttention } from './metrics/attention.ts';
import { watchJournal } from './metrics/journal.ts';
import { migrations } from './store/migrations/index.ts';
import { OrderBillingEntity } from './store/order-billing.ts';

export { BillingConfig } from './config.ts';
export { subscriptions } from './handlers/index.ts';
export { migrations } from './store/migrations/index.ts';

/** The Postgres schema that this service owns. */
export const schema = 'billing';

export const buildBillingApp = (config: BillingConfig, surroundings?: Surroundings): Service =>
  buildService(
    {
      name: 'billing',
      description:
        'Bills orders without gaps in the numbers, and gives money back through Amazon, never more than was paid. Never bills what does not add up.',
      schema,
      entities: [OrderBillingEntity as never],
      migrations,
      subscriptions,
      routes: (kit) => [
        ...routes(kit),
        ...invoiceActionRoutes(kit),
        ...creditMemoRoutes(kit),
        ...commentRoutes(kit),
        ...settingsRoutes(kit),
        ...journalRoutes(kit),
        ...documentRoutes(kit, config.ORDER_URL),
      ],
      jobs: (kit) => {
        measureAttention(kit);
        return [postMissing(kit, config.WATCH_JOURNAL_EVERY), watchJournal(kit, config.WATCH_JOURNAL_EVERY), ...documentJobs(kit)];
      },
    },
    config,
    surroundings,
  );
