import { outcomeOf, retryAt } from '../amazon/certainty.ts';
import type { Command, Step } from '../domain/command.ts';
import { isPickupShown } from '../domain/pickup.ts';
import { isAsAsked } from '../domain/shipment-body.ts';
import type { Snapshot } from '../domain/translate.ts';
import type { PickupRequest, ShipmentRequest } from '../domain/write-request.ts';
import { refusalOf } from './refusal.ts';

export interface ReadingBack {
  readonly look: (command: Command, signal: AbortSignal) => Promise<Snapshot>;
  /** What can be found out about something that was said to a buyer: no order shows it. */
  readonly lookAtContact: (command: Command, signal: AbortSignal) => Promise<Step>;
  readonly now: () => Date;
  /** How long to wait before each look that follows one that told nothing. The last one is repeated. */
  readonly delaysMs: readonly number[];
}

/** Looks at the order whether a command whose outcome nobody knows has happened. It does not throw. */
export const readBackCommand = async (
  command: Command,
  { look, lookAtContact, now, delaysMs }: ReadingBack,
  signal: AbortSignal,
): Promise<Step> => {
  const { fence } = command;
  try {
    if (command.kind === 'contact') return { ...(await lookAtContact(command, signal)), fence };
    return { ...conclusion(command, await look(command, signal), now()), fence };
  } catch (error) {
    const delayMs = delaysMs[Math.min(command.readBacks + 1, delaysMs.length - 1)] as number;
    const notBefore = outcomeOf(error) === 'not-sent' ? retryAt(error, now()).getTime() : 0;
    const lookAt = Math.max(now().getTime() + delayMs, notBefore);
    return { type: 'lose', why: refusalOf(error), lookAt: new Date(lookAt).toISOString(), fence };
  }
};

const conclusion = (command: Command, shown: Snapshot, now: Date): Step => {
  const { request, answer, attempts } = command;
  if (request.kind === 'shipment' && isParcelShown(request, shown))
    return {
      type: 'found',
      code: 'shown.parcel',
      words: `Amazon shows parcel ${request.packageReference} as it was asked.`,
      facts: { parcel: request.packageReference },
    };
  if (request.kind === 'pickup' && isPickupShown(request, shown))
    return { type: 'found', code: 'shown.order', words: 'Amazon shows the order as it was asked.' };
  // It had said no, in words that it also has for what is done: it was a no.
  if (answer?.result === 'refused' && answer.code && answer.words) {
    const { code, words, facts, requestId } = answer;
    const refusal = { code, words, ...(facts && { facts }), ...(requestId && { requestId }) };
    return { type: 'refuse', refusal, attempt: attempts };
  }
  if (request.kind === 'pickup' && attempts >= mostBlindAttempts) return { type: 'doubt', ...invisible(request) };
  return {
    type: 'absent',
    code: 'shown.nothing',
    words: 'Amazon does not show it: it is sent again.',
    nextAttemptAt: new Date(now.getTime() + pauseAfterMs(attempts)).toISOString(),
  };
};

const isParcelShown = (request: ShipmentRequest, { packages = [], marketplaceId }: Snapshot): boolean =>
  packages.some((shown) => isAsAsked(request, shown, marketplaceId));

/** A status that no order shows may be told again, which changes nothing; but not for ever. */
const mostBlindAttempts = 3;

const invisible = ({ status }: PickupRequest) => ({
  code: 'shown.no-pickup',
  words: `Amazon was told ${mostBlindAttempts} times that the pickup is ${status}, and never answered. Its orders do not show whether it knows: look in Seller Central.`,
  facts: { times: mostBlindAttempts, pickup: status },
});

/** At once, then less and less often: an Amazon that takes a write and does not do it is not hurried. */
export const pauseAfterMs = (attempts: number): number => (attempts === 1 ? 0 : Math.min(30_000 * 2 ** (attempts - 2), 3_600_000));
