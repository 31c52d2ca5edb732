import type { ServiceKit } from '@orderbus/service-kit';
import { countDeliveries } from '../store/queue.ts';

/** What the database says when the metrics are read. A database that is away leaves it out. */
export const measureWebhooks = ({ database, metrics }: ServiceKit): void => {
  metrics.gauge({
    name: 'webhook_deliveries',
    help: 'Deliveries that wait to be sent, and those that were given up',
    labelNames: ['state'],
    async collect() {
      this.reset();
      const counted = await countDeliveries(database).catch(() => undefined);
      for (const [state, count] of Object.entries(counted ?? {})) this.set({ state }, count);
    },
  });
};
