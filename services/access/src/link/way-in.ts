import { AppError, type Clock, newId } from '@orderbus/kernel';
import type { AuditLog, Database } from '@orderbus/outbox';
import type { AccessSettings } from '../config.ts';
import { emailKey, type Person } from '../domain/person.ts';
import { isManager } from '../domain/rights.ts';
import { makeLink } from '../sign-in/welcome.ts';
import { accountSubject, forgive } from '../store/attempts.ts';
import { everyPerson, findByEmail, isAnybodyThere, lockPerson, savePerson } from '../store/people.ts';
import { endSessionsOf } from '../store/sessions.ts';

export interface WayInTools {
  readonly database: Database;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly settings: Pick<AccessSettings, 'publicUrl' | 'linkKeptMs'>;
}

export interface WayIn {
  readonly link: string;
  readonly expiresAt: string;
  readonly forWhom: string;
}

/**
 * A link for somebody who is locked out: the one with this address, or else the only one who manages access, or else the first administrator
 * when there is nobody. His lock ends, and with `resetAuthenticator` he sets up another one. Whoever can do this has the database anyway.
 */
export const wayIn = async (tools: WayInTools, email: string | undefined, resetAuthenticator: boolean): Promise<WayIn> => {
  const { database, audit } = tools;
  const person = (await isAnybodyThere(database)) ? await whoIsMeant(database, email) : undefined;
  await audit.record([
    {
      ...{ actor: { id: 'service:access', name: 'npm run access:link' }, action: 'link.made', outcome: 'done', correlationId: newId() },
      ...{
        subjects: person === undefined ? [] : [`person:${person.id}`],
        reason: resetAuthenticator ? 'reset of the authenticator' : undefined,
      },
    },
  ]);
  return database.transaction(async (tx) => {
    if (person !== undefined) {
      const locked = await lockPerson(tx, person.id);
      const forgotten = resetAuthenticator ? { totp: null, totpOffered: null, recoveryCodes: [] } : {};
      await savePerson(tx, { ...locked, ...forgotten, state: locked.state === 'disabled' ? 'invited' : locked.state });
      await forgive(tx, accountSubject(person.email));
      await endSessionsOf(tx, person.id);
    }
    return { ...(await makeLink(tools, tx, person?.id ?? null)), forWhom: person?.name ?? 'the first administrator' };
  });
};

/** @throws AppError with a `why` for the terminal */
const whoIsMeant = async (database: Database, email: string | undefined): Promise<Person> => {
  const meant = email === undefined ? (await everyPerson(database)).filter(isManager) : [await findByEmail(database, emailKey(email))];
  const [person] = meant;
  if (person !== undefined && meant.length === 1) return person;
  const why =
    email === undefined
      ? 'More than one person manages access, or nobody does: npm run access:link -- <address>'
      : 'Nobody has this address. It is the one to sign in with.';
  throw new AppError('invalid', 'link.for-whom', { why });
};
