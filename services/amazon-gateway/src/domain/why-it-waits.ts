import type { Command } from './command.ts';
import { followedBy, type Told } from './told.ts';

/** What a command depends on besides itself. */
export interface Standing {
  /** Of its store; null when it was deleted. */
  readonly storeStatus: 'active' | 'paused' | null;
  /** Nobody has switched the store, or the installation, to read-only. */
  readonly writable: boolean;
  /** The command of the same subject that has to be resolved first. */
  readonly behind: string | null;
}

type Why = Told & { readonly code: string };

/** Why a command is not resolved, for whoever wonders. Nothing when it is. */
export const whyItWaits = (command: Command, standing: Standing, now: Date): Why | undefined => {
  const { state, sendingSince } = command;
  if (state === 'done' || state === 'failed') return undefined;
  if (state === 'sending')
    return { code: 'waits.sending', words: `It is being sent since ${sendingSince}.`, facts: { sentAt: sendingSince ?? '' } };
  return state === 'unknown' ? whyUnknown(command) : (whyHeld(standing) ?? whyPending(command, now));
};

const whyUnknown = ({ nextAttemptAt, answer, readBack, bookingLookAt }: Command): Why => {
  const last = wordOf(readBack) ?? wordOf(answer) ?? { code: 'ledger.unheard', words: 'Nobody heard an answer.' };
  if (nextAttemptAt !== null)
    return followedBy(
      {
        code: 'waits.read-back',
        words: `It was sent, and nobody knows what came of it: Amazon is read back at ${nextAttemptAt}.`,
        facts: { nextAt: nextAttemptAt },
      },
      last,
    );
  const words = 'Amazon may have done it or not, and does not show which: a person decides.';
  if (bookingLookAt === null) return followedBy({ code: 'waits.person', words }, last);
  return followedBy(
    { code: 'waits.books', words: `${words} Amazon's books are looked into at ${bookingLookAt}.`, facts: { nextAt: bookingLookAt } },
    last,
  );
};

const whyHeld = ({ storeStatus, writable, behind }: Standing): Why | undefined => {
  if (storeStatus === null) return { code: 'waits.store-deleted', words: 'Its store was deleted: it can only be settled by hand.' };
  if (storeStatus === 'paused') return { code: 'waits.store-paused', words: 'Its store is paused.' };
  if (!writable) return { code: 'waits.read-only', words: 'Nothing is sent while the store, or the whole installation, is read-only.' };
  if (behind !== null)
    return { code: 'waits.behind', words: `Command ${behind}, which was asked before, has to be resolved first.`, facts: { behind } };
  return undefined;
};

const whyPending = ({ nextAttemptAt, answer, obstacle }: Command, now: Date): Why => {
  if (nextAttemptAt !== null && Date.parse(nextAttemptAt) > now.getTime())
    return followedBy(
      { code: 'waits.until', words: `It is sent at ${nextAttemptAt}.`, facts: { nextAt: nextAttemptAt } },
      wordOf(answer) ?? { code: 'waits.not-due', words: 'It is not due before.' },
    );
  if (obstacle === null) return { code: 'waits.next', words: 'It is next.' };
  return followedBy({ code: 'waits.read-first', words: 'The order is read first.' }, obstacle);
};

const wordOf = (word: Partial<Told> | null): Told | undefined =>
  word?.words === undefined ? undefined : { words: word.words, code: word.code, ...(word.facts && { facts: word.facts }) };
