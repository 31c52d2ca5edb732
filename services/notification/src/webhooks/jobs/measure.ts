import type { ServiceKit } from '@orderbus/service-kit';
import { countDeliveries } from '../store/queue.ts';

/** What the database says when the metrics are read. A database that is away leaves it out. */
export const measureWebhooks = ({ database, metrics }: ServiceKit): void => {
  metrics.observed(
    { name: 'webhook_deliveries', help: 'Deliveries that wait to be sent, and those that were given up', labelNames: ['state'] },
    async () => Object.entries(await countDeliveries(database)).map(([state, count]) => ({ labels: { state }, value: count })),
  );
};
