import type { ServiceKit } from '@orderbus/service-kit';
import { alertKinds } from '../domain/alert.ts';
import { channels } from '../domain/rule.ts';
import { countOpenAlerts } from '../store/alerts.ts';
import { countUnsent } from '../store/delivery-list.ts';

/** What the database says when the metrics are read. A database that is away leaves these gauges out. */
export const measureAlerts = ({ database, metrics }: ServiceKit): void => {
  metrics.gauge({
    name: 'alerts_open',
    help: 'Alerts that wait for somebody, by kind',
    labelNames: ['kind'],
    async collect() {
      this.reset();
      const open = await countOpenAlerts(database).catch(() => undefined);
      for (const kind of open ? alertKinds : []) this.set({ kind }, open?.find((row) => row.kind === kind)?.count ?? 0);
    },
  });
  metrics.gauge({
    name: 'deliveries_unsent',
    help: 'Messages that wait to be sent, and messages that were given up',
    labelNames: ['channel', 'state'],
    async collect() {
      this.reset();
      const unsent = await countUnsent(database).catch(() => undefined);
      for (const channel of unsent ? channels : []) {
        for (const state of ['waiting', 'failed'] as const)
          this.set({ channel, state }, unsent?.find((row) => row.channel === channel && row.state === state)?.count ?? 0);
      }
    },
  });
};
