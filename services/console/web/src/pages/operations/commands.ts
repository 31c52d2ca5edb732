import type { Tone } from '../../ui/Status.tsx';

export const commandKinds = ['shipment', 'pickup', 'cancellation', 'refund', 'invoice', 'contact'] as const;
export const commandStates = ['pending', 'sending', 'unknown', 'done', 'failed'] as const;

const tones: Readonly<Record<(typeof commandStates)[number], Tone>> = {
  pending: 'waiting',
  sending: 'waiting',
  unknown: 'attention',
  done: 'ok',
  failed: 'stopped',
};

export const toneOfCommand = (state: (typeof commandStates)[number]): Tone => tones[state];
