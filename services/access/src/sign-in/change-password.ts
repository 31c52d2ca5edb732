import { type PasswordProblem, passwordProblems, passwordsRemembered } from '../domain/password.ts';
import type { Person } from '../domain/person.ts';
import { lockPerson } from '../store/people.ts';
import { endSessionsOf } from '../store/sessions.ts';
import type { AccessKit } from '../surroundings.ts';
import { countAttempt } from './attempts.ts';
import { type Entered, enter, entering, renew } from './enter.ts';
import { failureOnRecord, onRecord } from './on-record.ts';
import { passwordRefused, wrongSignIn } from './refusals.ts';
import type { Visitor } from './visitor.ts';
import { inStage } from './with-code.ts';

/** Somebody's own password, for another one. His other browsers are signed out. */
export const changePassword = async (
  kit: AccessKit,
  visitor: Visitor,
  { current, password }: { readonly current: string; readonly password: string },
): Promise<Entered> => {
  const { hashing } = kit;
  const { session, person: seen } = inStage(visitor, 'password', 'open');
  const attempt = await countAttempt(kit, visitor, seen.email);
  if (!(await hashing.verify(current, seen.passwords[0]))) {
    await failureOnRecord(kit, visitor, seen, { reason: 'password', locks: attempt.locks });
    throw wrongSignIn();
  }
  await attempt.takeBack();
  const hash = await acceptedHash(kit, seen, password);
  await onRecord(kit, visitor, 'person.password-changed', { person: seen });
  return entering(kit, visitor, async (tx): Promise<Entered> => {
    const person = withPassword(await lockPerson(tx, seen.id), hash, kit.clock.now());
    await endSessionsOf(tx, person.id, session.id);
    if (session.stage === 'open') return { cookie: await renew(kit, tx, visitor, person), next: '/account' };
    return enter(kit, tx, visitor, person, { shown: { method: session.method, code: true }, returnTo: session.returnTo });
  });
};

/** The hash of a password that may be this person's next one. @throws AppError `password.refused` that names everything it lacks. */
export const acceptedHash = async (
  { hashing }: Pick<AccessKit, 'hashing'>,
  person: Pick<Person, 'email' | 'name' | 'passwords'>,
  password: string,
): Promise<string> => {
  const problems: PasswordProblem[] = passwordProblems(password, person);
  if (problems.length === 0 && (await hashing.isAmong(password, person.passwords))) problems.push('used-before');
  if (problems.length > 0) throw passwordRefused(problems);
  return hashing.hash(password);
};

export const withPassword = (person: Person, hash: string, now: Date): Person => ({
  ...person,
  passwords: [hash, ...person.passwords].slice(0, passwordsRemembered),
  passwordSetAt: now.toISOString(),
});
