import { newId } from '@orderbus/kernel';
import type { Transaction } from '@orderbus/outbox';
import { isTooOld } from '../domain/password.ts';
import type { Person } from '../domain/person.ts';
import { needsSecondFactor } from '../domain/second-factor.ts';
import { endOf, nextStage, type Stage } from '../domain/session.ts';
import { hashOf, newSecret } from '../secrets/once.ts';
import { accountSubject, forgive } from '../store/attempts.ts';
import { savePerson } from '../store/people.ts';
import { addSession, endSession, type Method } from '../store/sessions.ts';
import type { AccessKit } from '../surroundings.ts';
import { onRecord } from './on-record.ts';
import type { Visitor } from './visitor.ts';

/** What the browser is told: the new cookie, and where to go. */
export interface Entered {
  readonly cookie: string;
  readonly next: string;
  /** Who is in now; absent while something is missing. */
  readonly signedIn?: { readonly person: Person; readonly method: Method };
}

/** What somebody has shown so far. */
export interface Shown {
  readonly method: Method;
  readonly code: boolean;
}

/** What is still missing. The OpenID provider answers for its people: it asks them for a second factor, or does not. */
const stageFor = (kit: AccessKit, person: Person, { method, code }: Shown): Stage => {
  const { settings, clock } = kit;
  if (method === 'oidc') return 'open';
  return nextStage({
    code: person.totp !== null && !code,
    enrolment: person.totp === null && needsSecondFactor(person, settings.secondFactorFor),
    password: isTooOld(person.passwordSetAt, clock.now(), settings.passwordMaxAgeMs),
  });
};

/** Does the work of a step in one transaction. Whoever is in by it is on record before he hears of it. */
export const entering = async <E extends Entered | undefined>(
  kit: AccessKit,
  visitor: Visitor,
  work: (tx: Transaction) => Promise<E>,
): Promise<E> => {
  const entered = await kit.database.transaction(work);
  const { person, method } = entered?.signedIn ?? {};
  if (person === undefined || method === undefined) return entered;
  kit.signIns.inc({ method, outcome: 'done' });
  await onRecord(kit, visitor, 'person.signed-in', { person, reason: method });
  return entered;
};

/**
 * The next step into the house, or the last one: each has a session with an id of its own, and the one before is gone, so that nobody can
 * have brought it along. `person` is locked, and is saved as it is given.
 */
export const enter = async (
  kit: AccessKit,
  tx: Transaction,
  visitor: Visitor,
  person: Person,
  { shown, returnTo = null }: { readonly shown: Shown; readonly returnTo?: string | null },
): Promise<Entered> => {
  const { clock, settings } = kit;
  const now = clock.now();
  const stage = stageFor(kit, person, shown);
  const isIn = stage === 'open';
  await savePerson(tx, isIn ? { ...person, lastSignInAt: now.toISOString() } : person);
  if (isIn) {
    await forgive(tx, accountSubject(person.email));
  }
  const times = { createdAt: now.toISOString(), lastSeenAt: now.toISOString(), endsAt: endOf(stage, now, settings.times) };
  const cookie = await replaceSession(tx, visitor, { personId: person.id, stage, method: shown.method, returnTo, ...times });
  return { cookie, next: pageOf(kit, stage, returnTo), ...(isIn ? { signedIn: { person, method: shown.method } } : {}) };
};

/** The same session under a new id, as long as the old one would have lasted: after a change of what its owner signs in with. */
export const renew = async (kit: AccessKit, tx: Transaction, visitor: Visitor, person: Person): Promise<string> => {
  await savePerson(tx, person);
  const { session } = visitor.signedIn ?? {};
  if (session === undefined) return '';
  return replaceSession(tx, visitor, { ...session, lastSeenAt: kit.clock.now().toISOString() });
};

export const pageOf = ({ settings }: AccessKit, stage: Stage, returnTo: string | null): string => {
  if (stage === 'open') return returnTo ?? settings.consoleUrl ?? '/account';
  return `/${stage}`;
};

const replaceSession = async (
  tx: Transaction,
  visitor: Visitor,
  session: Omit<Parameters<typeof addSession>[1], 'id' | 'browser'>,
): Promise<string> => {
  if (visitor.signedIn) await endSession(tx, visitor.signedIn.session.id);
  const cookie = newSecret();
  await addSession(tx, { ...session, id: newId(), browser: visitor.browser }, hashOf(cookie));
  return cookie;
};
