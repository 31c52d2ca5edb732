import type { Person } from '../domain/person.ts';
import { hashOf, normalRecoveryCode } from '../secrets/once.ts';
import { lockPerson } from '../store/people.ts';
import type { AccessKit } from '../surroundings.ts';
import { countAttempt } from './attempts.ts';
import { type Entered, enter, entering } from './enter.ts';
import { failureOnRecord } from './on-record.ts';
import { notSignedIn, wrongCode } from './refusals.ts';
import type { SignedIn, Visitor } from './visitor.ts';

/** The second step: a code of the authenticator, or one of those that were written down. */
export const signInWithCode = async (kit: AccessKit, visitor: Visitor, code: string): Promise<Entered> => {
  const { session, person: seen } = inStage(visitor, 'code');
  const attempt = await countAttempt(kit, visitor, seen.email);
  const entered = await entering(kit, visitor, async (tx) => {
    const after = afterCode(kit, await lockPerson(tx, seen.id), code);
    return after && enter(kit, tx, visitor, after, { shown: { method: session.method, code: true }, returnTo: session.returnTo });
  });
  if (entered === undefined) {
    kit.signIns.inc({ method: session.method, outcome: attempt.locks ? 'locked' : 'wrong-code' });
    await failureOnRecord(kit, visitor, seen, { reason: 'code', locks: attempt.locks });
    throw wrongCode();
  }
  await attempt.takeBack();
  return entered;
};

/** @throws HttpError 401 */
export const inStage = ({ signedIn }: Visitor, ...stages: readonly SignedIn['session']['stage'][]): SignedIn => {
  if (signedIn === undefined || !stages.includes(signedIn.session.stage)) throw notSignedIn();
  return signedIn;
};

/** The person without what was used up; `undefined`: it was not right. */
const afterCode = ({ authenticator }: AccessKit, person: Person, code: string): Person | undefined => {
  const step = person.totp === null ? undefined : authenticator.stepOf(code, person.totp, person);
  if (step !== undefined) return { ...person, totpStep: step };
  const hash = hashOf(normalRecoveryCode(code));
  if (!person.recoveryCodes.includes(hash)) return undefined;
  return { ...person, recoveryCodes: person.recoveryCodes.filter((one) => one !== hash) };
};
