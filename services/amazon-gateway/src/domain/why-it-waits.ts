import type { Command } from './command.ts';

/** What a command depends on besides itself. */
export interface Standing {
  /** Of its store; null when it was deleted. */
  readonly storeStatus: 'active' | 'paused' | null;
  /** Nobody has switched the store, or the installation, to read-only. */
  readonly writable: boolean;
  /** The command of the same subject that has to be resolved first. */
  readonly behind: string | null;
}

/** Why a command is not resolved, for whoever wonders. Nothing when it is. */
export const whyItWaits = (command: Command, standing: Standing, now: Date): string | undefined => {
  if (command.state === 'done' || command.state === 'failed') return undefined;
  if (command.state === 'sending') return `It is being sent since ${command.sendingSince}.`;
  return command.state === 'unknown' ? whyUnknown(command) : (whyHeld(standing) ?? whyPending(command, now));
};

const whyUnknown = ({ nextAttemptAt, answer, readBack, bookingLookAt }: Command): string => {
  const last = readBack?.words ?? answer?.words ?? 'Nobody heard an answer.';
  return nextAttemptAt === null
    ? `Amazon may have done it or not, and does not show which: a person decides. ${last}${bookingLookAt === null ? '' : ` Amazon's books are looked into at ${bookingLookAt}.`}`
    : `It was sent, and nobody knows what came of it: Amazon is read back at ${nextAttemptAt}. ${last}`;
};

const whyHeld = ({ storeStatus, writable, behind }: Standing): string | undefined => {
  if (storeStatus === null) return 'Its store was deleted: it can only be settled by hand.';
  if (storeStatus === 'paused') return 'Its store is paused.';
  if (!writable) return 'Nothing is sent while the store, or the whole installation, is read-only.';
  if (behind !== null) return `Command ${behind}, which was asked before, has to be resolved first.`;
  return undefined;
};

const whyPending = ({ nextAttemptAt, answer, obstacle }: Command, now: Date): string => {
  if (nextAttemptAt !== null && Date.parse(nextAttemptAt) > now.getTime())
    return `It is sent at ${nextAttemptAt}. ${answer?.words ?? 'It is not due before.'}`;
  return obstacle === null ? 'It is next.' : `The order is read first. ${obstacle.words}`;
};
