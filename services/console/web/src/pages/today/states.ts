import type { Tone } from '../../ui/Status.tsx';

/** As an order goes: the funnel shows them in this order. */
export const states = ['pending', 'new', 'blocked', 'processing', 'held', 'complete', 'closed', 'canceled'] as const;
export type State = (typeof states)[number];

const tones: Readonly<Record<State, Tone>> = {
  pending: 'quiet',
  new: 'waiting',
  blocked: 'stopped',
  processing: 'waiting',
  held: 'attention',
  complete: 'ok',
  closed: 'quiet',
  canceled: 'quiet',
};

export const toneOfState = (state: State): Tone => tones[state];

/** How many orders stand there. */
export const ordersIn = (counts: Readonly<Partial<Record<State, number>>>, state: State): number => counts[state] ?? 0;
