import { EntitySchema } from 'typeorm';
import type { Alert } from '../domain/alert.ts';
import type { Watch } from '../domain/watch.ts';

export const WatchEntity = new EntitySchema<Watch>({
  name: 'watch',
  columns: {
    id: { type: 'uuid', primary: true },
    tenant: { type: 'text' },
    notices: { type: 'jsonb' },
  },
});

export const AlertEntity = new EntitySchema<Alert>({
  name: 'alert',
  columns: {
    id: { type: 'uuid', primary: true },
    tenant: { type: 'text' },
    watchId: { type: 'uuid', name: 'watch_id' },
    orderId: { type: 'uuid', name: 'order_id' },
    kind: { type: 'text' },
    severity: { type: 'text' },
    status: { type: 'text' },
    data: { type: 'jsonb' },
    raisedAt: { type: 'timestamptz', name: 'raised_at' },
    resolvedAt: { type: 'timestamptz', name: 'resolved_at' },
    resolvedBy: { type: 'text', name: 'resolved_by' },
  },
});
