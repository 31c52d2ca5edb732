import type { Person } from '../domain/person.ts';
import { hasEnded, notedEveryMs } from '../domain/session.ts';
import { hashOf } from '../secrets/once.ts';
import { findPerson } from '../store/people.ts';
import { endSession, findSession, noteSeen, type Session } from '../store/sessions.ts';
import type { AccessKit } from '../surroundings.ts';

/** Somebody with a browser. */
export interface Visitor {
  /** The value of our cookie, whatever it is worth. */
  readonly cookie: string | undefined;
  readonly address: string;
  readonly browser: string;
  /** Who it is, once he has begun to sign in. */
  readonly signedIn?: SignedIn;
}

export interface SignedIn {
  readonly session: Session;
  readonly person: Person;
}

/** Whom a cookie stands for: somebody enabled whose session has not ended. Looking is a sign of life, unless nobody is there who looks. */
export const signedInBy = async (kit: AccessKit, cookie: string | undefined, touch = true): Promise<SignedIn | undefined> => {
  const { database, clock, settings } = kit;
  const now = clock.now();
  const session = cookie === undefined ? undefined : await findSession(database, hashOf(cookie));
  if (session === undefined) return undefined;
  if (hasEnded(session, now, settings.times)) {
    await endSession(database, session.id);
    return undefined;
  }
  const person = await findPerson(database, session.personId);
  if (person?.state !== 'enabled') return undefined;
  if (touch && now.getTime() - Date.parse(session.lastSeenAt) >= notedEveryMs) await noteSeen(database, session.id, now.toISOString());
  return { session, person };
};
