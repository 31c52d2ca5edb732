import type { Tone } from '../../ui/Status.tsx';

/** How near the deadline is, the most urgent first. */
export const buckets = ['overdue', 'due-today', 'at-risk', 'in-time', 'no-deadline'] as const;
export type Bucket = (typeof buckets)[number];

const tones: Readonly<Record<Bucket, Tone>> = {
  overdue: 'stopped',
  'due-today': 'attention',
  'at-risk': 'attention',
  'in-time': 'ok',
  'no-deadline': 'quiet',
};

export const toneOfBucket = (bucket: Bucket): Tone => tones[bucket];

export const bucketOf = (value: unknown): Bucket | undefined => buckets.find((one) => one === value);
