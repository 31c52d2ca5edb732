import { AppError, type Clock, newId } from '@orderbus/kernel';
import type { Transaction } from '@orderbus/outbox';
import { singlePermissions } from '@orderbus/service-kit/permissions';
import type { AccessSettings } from '../config.ts';
import { aPerson, emailKey, type Person } from '../domain/person.ts';
import { hashOf, newSecret } from '../secrets/once.ts';
import { findLink, type LinkFor, replaceLink, takeLink } from '../store/links.ts';
import { addPerson, findPerson, isAnybodyThere, lockPerson } from '../store/people.ts';
import { endSessionsOf } from '../store/sessions.ts';
import type { AccessKit } from '../surroundings.ts';
import { acceptedHash, withPassword } from './change-password.ts';
import { type Entered, enter, entering } from './enter.ts';
import { onRecord } from './on-record.ts';
import { linkIsVoid } from './refusals.ts';
import type { Visitor } from './visitor.ts';

/** What a one-time link is for: it makes the first administrator, or gives a person a password. */
export type Welcome = { readonly kind: 'first' } | { readonly kind: 'person'; readonly person: Person };

/** A link that lets somebody in once. The token stands behind the `#`: a browser tells it to no server, and to no page that follows. */
export const makeLink = async (
  { clock, settings }: { readonly clock: Clock; readonly settings: Pick<AccessSettings, 'publicUrl' | 'linkKeptMs'> },
  tx: Transaction,
  personId: LinkFor,
): Promise<{ readonly link: string; readonly expiresAt: string }> => {
  const now = clock.now();
  const token = newSecret();
  const expiresAt = new Date(now.getTime() + settings.linkKeptMs).toISOString();
  await replaceLink(tx, { hash: hashOf(token), personId, createdAt: now.toISOString(), expiresAt });
  return { link: `${new URL('/welcome', settings.publicUrl()).href}#${token}`, expiresAt };
};

/** Looking does not use it up: mail programs look at links, too. @throws HttpError 410 */
export const lookAtLink = async ({ database, clock }: AccessKit, token: string): Promise<Welcome> => {
  const link = await findLink(database, hashOf(token), clock.now().toISOString());
  if (link === undefined) throw linkIsVoid();
  if (link.personId === null) return { kind: 'first' };
  const person = await findPerson(database, link.personId);
  if (person === undefined || person.state === 'disabled') throw linkIsVoid();
  return { kind: 'person', person };
};

export interface WelcomeAnswer {
  readonly token: string;
  readonly password: string;
  /** Of the first administrator. */
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}

/** Uses the link: whoever has it is in, with the password that he chose. */
export const useLink = async (kit: AccessKit, visitor: Visitor, { token, password, ...about }: WelcomeAnswer): Promise<Entered> => {
  const { clock } = kit;
  const welcome = await lookAtLink(kit, token);
  const chosen = welcome.kind === 'first' ? firstPerson(about, clock.now()) : welcome.person;
  // Before the link is used up: a password that is refused is no reason for another link.
  const hash = await acceptedHash(kit, chosen, password);
  const entered = await entering(kit, visitor, async (tx) => {
    const taken = await takeLink(tx, hashOf(token), clock.now().toISOString());
    if (taken === undefined) throw linkIsVoid();
    const before = taken.personId === null ? await addFirst(tx, chosen) : await lockPerson(tx, taken.personId);
    if (before.state === 'disabled') throw linkIsVoid();
    await endSessionsOf(tx, before.id);
    const person = { ...withPassword(before, hash, clock.now()), state: 'enabled' } as const;
    return enter(kit, tx, visitor, person, { shown: { method: 'link', code: false } });
  });
  await onRecord(kit, visitor, 'link.used', { person: chosen });
  return entered;
};

/** Everything that there is to be allowed: he is the one who lets the others in. */
const firstPerson = ({ name, email }: Pick<WelcomeAnswer, 'name' | 'email'>, now: Date): Person => {
  const errors = [
    ...(name === undefined ? [{ field: 'name', message: 'Needed', code: 'field.missing' }] : []),
    ...(email === undefined ? [{ field: 'email', message: 'Needed', code: 'field.missing' }] : []),
  ];
  if (name === undefined || email === undefined) throw new AppError('invalid', 'request.invalid', { errors });
  const about = { id: newId(), name, email: emailKey(email), createdAt: now.toISOString(), createdBy: 'first start' };
  return aPerson({ ...about, role: 'admin', permissions: singlePermissions, stores: '*' });
};

const addFirst = async (tx: Transaction, person: Person): Promise<Person> => {
  if (await isAnybodyThere(tx)) throw linkIsVoid();
  await addPerson(tx, person);
  return person;
};
