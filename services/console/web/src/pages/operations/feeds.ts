import type { Tone } from '../../ui/Status.tsx';
import { type LastError, lastErrorOf } from '../../ui/told.ts';

type FeedState = 'uploading' | 'submitting' | 'unknown' | 'processing' | 'done' | 'fatal' | 'cancelled' | 'dropped' | 'lost';

/** What each state of a batch means to whoever looks. */
export const toneOfFeed: Readonly<Record<FeedState, Tone>> = {
  uploading: 'waiting',
  submitting: 'waiting',
  unknown: 'attention',
  processing: 'waiting',
  done: 'ok',
  fatal: 'stopped',
  cancelled: 'quiet',
  dropped: 'quiet',
  lost: 'stopped',
};

export interface ToldFeed {
  readonly words?: string | undefined;
  readonly failure?: LastError['failure'];
}

/** What kept it back, or is wrong with it, in the reader's language. */
export const wordsOf = ({ words, failure }: ToldFeed): string | undefined => lastErrorOf({ lastError: words, failure });
