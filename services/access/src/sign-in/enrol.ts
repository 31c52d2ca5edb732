import type { Person } from '../domain/person.ts';
import { hashOf, newRecoveryCode, normalRecoveryCode } from '../secrets/once.ts';
import { lockPerson, savePerson } from '../store/people.ts';
import { endSessionsOf } from '../store/sessions.ts';
import type { AccessKit } from '../surroundings.ts';
import { countAttempt } from './attempts.ts';
import { type Entered, enter, entering, renew } from './enter.ts';
import { failureOnRecord, onRecord } from './on-record.ts';
import { wrongCode, wrongSignIn } from './refusals.ts';
import type { Visitor } from './visitor.ts';
import { inStage } from './with-code.ts';

/** The authenticator that is being set up: the same until it has shown a code. */
export const offeredTo = (kit: AccessKit, visitor: Visitor): Promise<Person & { readonly totpOffered: string }> => {
  const { person } = inStage(visitor, 'enrolment', 'open');
  return kit.database.transaction(async (tx) => {
    const locked = await lockPerson(tx, person.id);
    const offered = { ...locked, totpOffered: locked.totpOffered ?? kit.authenticator.offer(person.id) };
    if (locked.totpOffered === null) await savePerson(tx, offered);
    return offered;
  });
};

const recoveryCodes = 10;

/**
 * The first code shows that the app has it: from now on it is asked for. Whoever is in already gives his password, too: an open browser is
 * not enough to put another authenticator in the place of his.
 */
export const enrol = async (
  kit: AccessKit,
  visitor: Visitor,
  { code, password }: { readonly code: string; readonly password?: string | undefined },
): Promise<Entered & { readonly recoveryCodes: readonly string[] }> => {
  const { session, person: seen } = inStage(visitor, 'enrolment', 'open');
  const attempt = await countAttempt(kit, visitor, seen.email);
  if (session.stage === 'open' && !(await kit.hashing.verify(password ?? '', seen.passwords[0]))) {
    await failureOnRecord(kit, visitor, seen, { reason: 'password', locks: attempt.locks });
    throw wrongSignIn();
  }
  const written = Array.from({ length: recoveryCodes }, newRecoveryCode);
  const outcome = await entering(kit, visitor, async (tx) => {
    const person = await lockPerson(tx, seen.id);
    const step = person.totpOffered === null ? undefined : kit.authenticator.stepOf(code, person.totpOffered, { ...person, totpStep: 0 });
    if (step === undefined) return undefined;
    const hashes = written.map((one) => hashOf(normalRecoveryCode(one)));
    const enrolled = { ...person, totp: person.totpOffered, totpOffered: null, totpStep: step, recoveryCodes: hashes };
    await endSessionsOf(tx, person.id, session.id);
    if (session.stage === 'open') return { cookie: await renew(kit, tx, visitor, enrolled), next: '/account' };
    return enter(kit, tx, visitor, enrolled, { shown: { method: session.method, code: true }, returnTo: session.returnTo });
  });
  if (outcome === undefined) {
    await failureOnRecord(kit, visitor, seen, { reason: 'code', locks: attempt.locks });
    throw wrongCode();
  }
  await attempt.takeBack();
  await onRecord(kit, visitor, 'person.authenticator-set-up', { person: seen });
  return { ...outcome, recoveryCodes: written };
};
