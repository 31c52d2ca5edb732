import type { ServiceKit } from '@orderbus/service-kit';
import { alertKinds } from '../domain/alert.ts';
import { countOpenAlerts } from '../store/alerts.ts';
import { countUnsent } from '../store/deliveries.ts';

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
    name: 'mails_unsent',
    help: 'Mails that wait to be sent, and mails that were given up',
    labelNames: ['state'],
    async collect() {
      this.reset();
      const unsent = await countUnsent(database).catch(() => undefined);
      for (const [state, count] of Object.entries(unsent ?? {})) this.set({ state }, count);
    },
  });
};
