import type { Tone } from './Status.tsx';

/** As an order goes. */
export const orderStates = ['pending', 'new', 'blocked', 'processing', 'held', 'complete', 'closed', 'canceled'] as const;
export type OrderState = (typeof orderStates)[number];

const tones: Readonly<Record<OrderState, Tone>> = {
  pending: 'quiet',
  new: 'waiting',
  blocked: 'stopped',
  processing: 'waiting',
  held: 'attention',
  complete: 'ok',
  closed: 'quiet',
  canceled: 'quiet',
};

export const toneOfState = (state: OrderState): Tone => tones[state];
