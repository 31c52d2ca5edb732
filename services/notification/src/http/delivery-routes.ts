import { type Route, route, type ServiceKit } from '@orderbus/service-kit';
import { z } from 'zod';
import { resend, storesOfDelivery } from '../store/deliveries.ts';
import { DeliveryView } from './views.ts';

export const deliveryRoutes = ({ database }: ServiceKit): readonly Route[] => [
  route({
    method: 'post',
    path: '/deliveries/:id/resend',
    access: { needs: 'operate', store: ({ params }) => storesOfDelivery(database, params.id) },
    summary: 'Tries a failed or waiting message again, now',
    tags: ['deliveries'],
    params: z.object({ id: z.uuid() }),
    responses: { 200: DeliveryView },
    handle: ({ params }) => resend(database, params.id),
  }),
];
