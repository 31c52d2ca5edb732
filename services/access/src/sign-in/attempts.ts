import { accountSubject, addressSubject, takeAttempt, takeBack } from '../store/attempts.ts';
import type { AccessKit } from '../surroundings.ts';
import { locked } from './refusals.ts';
import type { Visitor } from './visitor.ts';

/** An attempt that counts as failed until it is taken back. */
export interface CountedAttempt {
  /** It was the one too many: if it fails, what it was for is locked. */
  readonly locks: boolean;
  takeBack(): Promise<void>;
}

/** @throws HttpError 429 when the account or the address is locked. It looks the same for accounts that there are not. */
export const countAttempt = async (kit: AccessKit, visitor: Pick<Visitor, 'address'>, email: string): Promise<CountedAttempt> => {
  const { database, clock, settings } = kit;
  const now = clock.now();
  const [account, address] = [accountSubject(email), addressSubject(visitor.address)];
  const guarded = [
    { subject: account, rules: settings.locks.account },
    { subject: address, rules: settings.locks.address },
  ];
  const outcomes = await takeAttempt(database, guarded, now);
  const until = outcomes
    .flatMap((outcome) => (outcome.may ? [] : [outcome.lockedUntil]))
    .sort()
    .at(-1);
  if (until !== undefined) throw locked(until, now);
  return { locks: outcomes.some((outcome) => outcome.may && outcome.locks), takeBack: () => takeBack(database, [account, address]) };
};
