import type { FeedMessage } from './feed.ts';
import type { Picture } from './write-kind.ts';
import type { CancellationRequest } from './write-request.ts';

/** What the order shows of a cancellation of which nobody knows what became. */
export const cancellationShown = (
  { lines }: CancellationRequest,
  { status, facts }: Pick<Picture, 'status' | 'facts'>,
  before: FeedMessage['before'],
): 'found' | 'absent' | 'unclear' => {
  if (status === 'canceled') return 'found';
  if (lines === undefined || before === undefined) return 'absent';
  const canceled = lines.map(({ lineId }) => {
    const had = before.find((line) => line.lineId === lineId)?.quantity;
    const has = facts?.lines.find((line) => line.lineId === lineId)?.quantity;
    return had === undefined || has === undefined ? undefined : had - has;
  });
  if (canceled.every((units) => units === 0)) return 'absent';
  return lines.every(({ quantity }, n) => canceled[n] === quantity) ? 'found' : 'unclear';
};
