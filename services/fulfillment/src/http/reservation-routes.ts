import { BlockReason } from '@orderbus/contracts';
import { AppError } from '@orderbus/kernel';
import { type Route, route, type ServiceKit } from '@orderbus/service-kit';
import { z } from 'zod';
import { findReservation } from '../store/reservation-queries.ts';

const ReservationView = z.object({
  orderId: z.uuid(),
  tenant: z.string(),
  status: z.enum(['reserved', 'short', 'released', 'not-needed']),
  purchasedAt: z.iso.datetime(),
  missing: z.array(BlockReason),
  lines: z.array(
    z.object({
      lineId: z.string(),
      sku: z.string(),
      ordered: z.int(),
      shipped: z.int(),
      reserved: z.int().describe('Units set aside'),
      fromStock: z.boolean().describe('False: promised, of a product whose stock is not managed'),
      short: z.boolean().describe('The line waits for units'),
      allocations: z
        .array(z.object({ location: z.string(), reserved: z.int(), shipped: z.int(), returned: z.int() }))
        .describe('Where its units lie, and from where they left'),
    }),
  ),
});

export const reservationRoutes = ({ database }: ServiceKit): Route[] => [
  route({
    method: 'get',
    path: '/reservations/:orderId',
    access: { needs: 'read', store: async ({ params }) => (await findReservation(database, params.orderId))?.tenant },
    summary: 'What is set aside for an order, and what it waits for',
    tags: ['reservations'],
    params: z.object({ orderId: z.uuid() }),
    responses: { 200: ReservationView },
    handle: async ({ params: { orderId } }) => {
      const reservation = await findReservation(database, orderId);
      if (!reservation) throw new AppError('not-found', 'reservation.unknown', { orderId });
      const { tenant, status, purchasedAt, missing, lines } = reservation;
      return { orderId, tenant, status, purchasedAt, missing, lines: lines.map(({ told: _, ...line }) => line) };
    },
  }),
];
