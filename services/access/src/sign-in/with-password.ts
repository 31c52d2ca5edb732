import { emailKey } from '../domain/person.ts';
import { findByEmail, lockPerson } from '../store/people.ts';
import type { AccessKit } from '../surroundings.ts';
import { countAttempt } from './attempts.ts';
import { type Entered, enter, entering } from './enter.ts';
import { failureOnRecord } from './on-record.ts';
import { wrongSignIn } from './refusals.ts';
import type { Visitor } from './visitor.ts';

export interface Credentials {
  readonly email: string;
  readonly password: string;
  readonly returnTo: string | null;
}

/** The first step with a local account. Everybody waits as long, and is told the same, whether the account is there or not. */
export const signInWithPassword = async (
  kit: AccessKit,
  visitor: Visitor,
  { password, returnTo, ...given }: Credentials,
): Promise<Entered> => {
  const { database, hashing, signIns } = kit;
  const email = emailKey(given.email);
  const attempt = await countAttempt(kit, visitor, email);
  const found = await findByEmail(database, email);
  const kept = found?.state === 'enabled' ? found.passwords[0] : undefined;
  const isRight = await hashing.verify(password, kept);
  if (!isRight || found === undefined || kept === undefined) {
    signIns.inc({ method: 'password', outcome: attempt.locks ? 'locked' : 'wrong' });
    await failureOnRecord(kit, visitor, found, { reason: 'password', locks: attempt.locks });
    throw wrongSignIn();
  }
  await attempt.takeBack();
  const stronger = hashing.isWeak(kept) ? await hashing.hash(password) : kept;
  return entering(kit, visitor, async (tx) => {
    const person = await lockPerson(tx, found.id);
    // Between looking and locking somebody may have changed it.
    if (person.state !== 'enabled' || person.passwords[0] !== kept) throw wrongSignIn();
    const same = { ...person, passwords: [stronger, ...person.passwords.slice(1)] };
    return enter(kit, tx, visitor, same, { shown: { method: 'password', code: false }, returnTo });
  });
};
