import { AppError, newId } from '@orderbus/kernel';
import { type Database, execute, type Target } from '@orderbus/outbox';
import { context, decodeCursor, pageOf, pageQuery, type Route, route, type ServiceKit, toPage } from '@orderbus/service-kit';
import { z } from 'zod';
import { type Alert, alertKinds, alertStatuses, severities } from '../domain/alert.ts';
import type { WatchCommand } from '../domain/watch.ts';
import { deliveriesOf, findAlert, listAlerts } from '../store/alerts.ts';
import { resend } from '../store/deliveries.ts';
import { AlertView, DeliveryView, viewOf } from './views.ts';

const id = z.object({ id: z.uuid() });
const Position = z.object({ raisedAt: z.iso.datetime(), id: z.uuid() });

export const alertRoutes = (kit: ServiceKit, watches: Target<WatchCommand>): readonly Route[] => [
  route({
    method: 'get',
    path: '/alerts',
    summary: 'What the staff should know, newest first',
    tags: ['alerts'],
    query: pageQuery.extend({
      kind: z.enum(alertKinds).optional(),
      status: z.enum(alertStatuses).optional(),
      severity: z.enum(severities).optional(),
      orderId: z.uuid().optional(),
    }),
    responses: { 200: pageOf(AlertView) },
    handle: async ({ query: { cursor, limit, ...filter } }) => {
      const before = cursor === undefined ? undefined : decodeCursor(cursor, Position);
      const alerts = await listAlerts(kit.database, { ...filter, before, limit: limit + 1 });
      return toPage(alerts.map(viewOf), limit, (alert) => ({ raisedAt: alert.raisedAt, id: alert.id }));
    },
  }),
  route({
    method: 'get',
    path: '/alerts/:id',
    summary: 'One alert, and the mails that were sent about it',
    tags: ['alerts'],
    params: id,
    responses: { 200: AlertView.extend({ deliveries: z.array(DeliveryView) }) },
    handle: async ({ params }) => {
      const alert = await knownAlert(kit.database, params.id);
      return { ...viewOf(alert), deliveries: await deliveriesOf(kit.database, alert.id) };
    },
  }),
  route({
    method: 'post',
    path: '/alerts/:id/resolve',
    summary: 'Settles an open alert; it comes back only if something new is told',
    tags: ['alerts'],
    params: id,
    responses: { 200: AlertView },
    handle: async ({ params }) => {
      const alert = await knownAlert(kit.database, params.id);
      const command: WatchCommand = { type: 'dismiss', alertId: alert.id, at: kit.clock.now().toISOString() };
      const cause = { tenant: alert.tenant, correlationId: context().correlationId ?? newId() };
      const [outcome] = await execute(kit.execution, watches, [{ key: alert.watchId, command, cause }]);
      if (outcome && 'refused' in outcome && outcome.refused === 'not-allowed') {
        throw new AppError('conflict', 'alert.cannot-be-resolved', { id: alert.id, why: outcome.detail });
      }
      return viewOf(await knownAlert(kit.database, params.id));
    },
  }),
  route({
    method: 'post',
    path: '/deliveries/:id/resend',
    summary: 'Tries a failed or waiting mail again, now',
    tags: ['alerts'],
    params: id,
    responses: { 200: DeliveryView },
    handle: ({ params }) => resend(kit.database, params.id),
  }),
];

const knownAlert = async (database: Database, alertId: string): Promise<Alert> => {
  const alert = await findAlert(database, alertId);
  if (!alert) throw new AppError('not-found', 'alert.unknown', { id: alertId });
  return alert;
};
