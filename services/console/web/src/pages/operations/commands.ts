import type { Tone } from '../../ui/Status.tsx';
import { type Facts, sayingOf } from '../../ui/told.ts';

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

interface Waiting {
  readonly waits?: string | undefined;
  readonly waiting?: { readonly code: string; readonly facts?: Facts | undefined } | undefined;
}

/** Why it is not resolved. */
export const waitsOf = ({ waits, waiting }: Waiting): string | undefined => waits && sayingOf({ ...waiting, words: waits });
