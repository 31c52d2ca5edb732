import type { Tone } from '../../ui/Status.tsx';

export const uploadStates = ['none', 'requested', 'accepted', 'refused'] as const;
export const memoStates = ['requested', 'submitted', 'accepted', 'refused', 'settled'] as const;

const uploadTones: Readonly<Record<(typeof uploadStates)[number], Tone>> = {
  none: 'quiet',
  requested: 'waiting',
  accepted: 'ok',
  refused: 'stopped',
};

const memoTones: Readonly<Record<(typeof memoStates)[number], Tone>> = {
  requested: 'waiting',
  submitted: 'waiting',
  accepted: 'ok',
  refused: 'stopped',
  settled: 'ok',
};

export const toneOfUpload = (state: (typeof uploadStates)[number]): Tone => uploadTones[state];
export const toneOfMemo = (state: (typeof memoStates)[number]): Tone => memoTones[state];
