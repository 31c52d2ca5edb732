import type { ServiceKit } from '@orderbus/service-kit';
import { alertKinds } from '../domain/alert.ts';
import { channels } from '../domain/rule.ts';
import { countOpenAlerts } from '../store/alerts.ts';
import { countUnsent } from '../store/delivery-list.ts';

/** What the database says when the metrics are read. A database that is away leaves these gauges out. */
export const measureAlerts = ({ database, metrics }: ServiceKit): void => {
  metrics.observed({ name: 'alerts_open', help: 'Alerts that wait for somebody, by kind', labelNames: ['kind'] }, async () => {
    const open = await countOpenAlerts(database);
    return alertKinds.map((kind) => ({ labels: { kind }, value: open.find((row) => row.kind === kind)?.count ?? 0 }));
  });
  metrics.observed(
    {
      name: 'deliveries_unsent',
      help: 'Messages that wait to be sent, and messages that were given up',
      labelNames: ['channel', 'state'],
    },
    async () => {
      const unsent = await countUnsent(database);
      const count = (channel: string, state: string) => unsent.find((row) => row.channel === channel && row.state === state)?.count ?? 0;
      return channels.flatMap((channel) =>
        ['waiting', 'failed'].map((state) => ({ labels: { channel, state }, value: count(channel, state) })),
      );
    },
  );
};
