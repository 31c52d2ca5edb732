import { notification } from '../../../api/services.ts';
import type { Tone } from '../../../ui/Status.tsx';
import type { Standing } from './standing.ts';

export const webhooksQuery = notification.read('/webhooks');

type Answer = Awaited<ReturnType<Extract<NonNullable<typeof webhooksQuery.queryFn>, (context: never) => unknown>>>;
export type Webhook = Answer['items'][number];

export const toneOf: Readonly<Record<Standing, Tone>> = { enabled: 'ok', failing: 'attention', paused: 'stopped', disabled: 'quiet' };

export type DeliveryState = 'pending' | 'sending' | 'delivered' | 'failed';
export const deliveryStates = ['pending', 'sending', 'delivered', 'failed'] as const;

export const toneOfDelivery: Readonly<Record<DeliveryState, Tone>> = {
  pending: 'waiting',
  sending: 'waiting',
  delivered: 'ok',
  failed: 'stopped',
};
