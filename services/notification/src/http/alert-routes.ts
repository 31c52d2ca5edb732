import { AppError, newId } from '@orderbus/kernel';
import { execute, type Target } from '@orderbus/outbox';
import { context, decodeCursor, pageOf, pageQuery, type Route, route, type ServiceKit, toPage, withinStores } from '@orderbus/service-kit';
import { z } from 'zod';
import { type Alert, alertKinds, alertStatuses, severities } from '../domain/alert.ts';
import type { Language } from '../domain/language.ts';
import type { WatchCommand } from '../domain/watch.ts';
import { findAlert, knownAlert, listAlerts } from '../store/alerts.ts';
import { deliveriesOf } from '../store/delivery-list.ts';
import type { Templates } from '../words/templates.ts';
import { AlertView, DeliveryView, languageQuery, viewOf, viewOfDelivery } from './views.ts';

const id = z.object({ id: z.uuid() });
const Position = z.object({ raisedAt: z.iso.datetime(), id: z.uuid() });

export const alertRoutes = (kit: ServiceKit, watches: Target<WatchCommand>, templates: Templates): readonly Route[] => {
  const { database } = kit;
  const storeOf = async ({ params }: { params: z.output<typeof id> }) => (await findAlert(database, params.id))?.tenant;
  const wordedIn = (language: Language) => (alert: Alert) => viewOf(alert, templates.alert(alert.data, { language, timeZone: 'UTC' }));
  return [
    route({
      method: 'get',
      path: '/alerts',
      access: { needs: 'read', store: 'filtered' },
      summary: 'What the staff should know, newest first',
      tags: ['alerts'],
      query: pageQuery.extend({
        kind: z.enum(alertKinds).optional(),
        status: z.enum(alertStatuses).optional(),
        severity: z.enum(severities).optional(),
        orderId: z.uuid().optional(),
        tenant: z.string().max(100).optional().describe('Of one store'),
        ...languageQuery.shape,
      }),
      responses: { 200: pageOf(AlertView) },
      handle: async ({ query: { cursor, limit, language, tenant, ...filter }, caller }) => {
        const before = cursor === undefined ? undefined : decodeCursor(cursor, Position);
        const alerts = await listAlerts(database, {
          ...filter,
          stores: withinStores(caller, tenant === undefined ? undefined : [tenant]),
          before,
          limit: limit + 1,
        });
        return toPage(alerts.map(wordedIn(language)), limit, (alert) => ({ raisedAt: alert.raisedAt, id: alert.id }));
      },
    }),
    route({
      method: 'get',
      path: '/alerts/:id',
      access: { needs: 'read', store: storeOf },
      summary: 'One alert, and the messages that were sent about it',
      tags: ['alerts'],
      params: id,
      query: languageQuery,
      responses: { 200: AlertView.extend({ deliveries: z.array(DeliveryView) }) },
      handle: async ({ params, query }) => {
        const alert = await knownAlert(database, params.id);
        return { ...wordedIn(query.language)(alert), deliveries: (await deliveriesOf(database, alert.id)).map(viewOfDelivery) };
      },
    }),
    route({
      method: 'post',
      path: '/alerts/:id/resolve',
      access: { needs: 'operate', store: storeOf },
      summary: 'Settles an open alert; it comes back only if something new is told',
      tags: ['alerts'],
      params: id,
      responses: { 200: AlertView },
      handle: async ({ params }) => {
        const alert = await knownAlert(database, params.id);
        const command: WatchCommand = { type: 'dismiss', alertId: alert.id, at: kit.clock.now().toISOString() };
        const cause = { tenant: alert.tenant, correlationId: context().correlationId ?? newId() };
        const [outcome] = await execute(kit.execution, watches, [{ key: alert.watchId, command, cause }]);
        if (outcome && 'refused' in outcome && outcome.refused === 'not-allowed') {
          throw new AppError('conflict', 'alert.cannot-be-resolved', { id: alert.id, why: outcome.detail });
        }
        return wordedIn('en')(await knownAlert(database, params.id));
      },
    }),
  ];
};
