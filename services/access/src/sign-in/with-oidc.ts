import { newId } from '@orderbus/kernel';
import type { Transaction } from '@orderbus/outbox';
import { HttpError } from '@orderbus/service-kit';
import type { OidcSettings } from '../config.ts';
import { rightsByClaim } from '../domain/claims.ts';
import { aPerson, emailKey, type Person, permissionsOf, type Rights } from '../domain/person.ts';
import { isManager } from '../domain/rights.ts';
import { hashOf } from '../secrets/once.ts';
import { addOidcVisit, takeOidcVisit } from '../store/oidc-visits.ts';
import { addPerson, countManagers, findByEmail, findByIdentity, lockPerson } from '../store/people.ts';
import { endSessionsOf } from '../store/sessions.ts';
import type { AccessKit } from '../surroundings.ts';
import { type Entered, enter, entering } from './enter.ts';
import type { Claims, OidcProvider } from './oidc-provider.ts';
import { onRecord } from './on-record.ts';
import type { Visitor } from './visitor.ts';

export interface OidcSignIn {
  readonly settings: OidcSettings;
  readonly provider: OidcProvider;
}

const visitMs = 600_000;

export const callbackPath = '/oidc/callback';

/** Where the browser has to go, and what it has to come back with: kept here, and good in this browser alone. */
export const departTo = async (kit: AccessKit, { provider }: OidcSignIn, cookie: string, returnTo: string | null): Promise<string> => {
  const { url, state, nonce, verifier } = await provider.depart(new URL(callbackPath, kit.settings.publicUrl()).href);
  const expiresAt = new Date(kit.clock.now().getTime() + visitMs).toISOString();
  await addOidcVisit(kit.database, { stateHash: hashOf(state), cookieHash: hashOf(cookie), nonce, verifier, returnTo, expiresAt });
  return url;
};

/** Whoever comes back from the provider. @throws AppError `oidc.refused`, HttpError 403 `sign-in.not-invited` */
export const arriveFrom = async (kit: AccessKit, oidc: OidcSignIn, visitor: Visitor, callback: URL): Promise<Entered> => {
  const state = callback.searchParams.get('state') ?? '';
  const visit = await takeOidcVisit(kit.database, hashOf(state), hashOf(visitor.cookie ?? ''), kit.clock.now().toISOString());
  if (visit === undefined) throw notExpected();
  const claims = await oidc.provider.arrive(callback, { state, nonce: visit.nonce, verifier: visit.verifier });
  const entered = await entering(kit, visitor, async (tx) => {
    const person = await personBehind(kit, tx, oidc.settings, claims);
    return person && enter(kit, tx, visitor, person, { shown: { method: 'oidc', code: true }, returnTo: visit.returnTo });
  });
  if (entered !== undefined) return entered;
  kit.signIns.inc({ method: 'oidc', outcome: 'refused' });
  await onRecord(kit, visitor, 'person.sign-in-failed', { person: undefined, reason: 'oidc', outcome: 'denied' });
  throw notInvited();
};

const notExpected = (): HttpError =>
  new HttpError(403, 'oidc.refused', 'This answer of the OpenID provider was not expected in this browser');

const notInvited = (): HttpError => new HttpError(403, 'sign-in.not-invited', 'The provider knows you, and nobody has let you in here');

/** The person, locked: who has come before; who was invited under this address; who has the right claim. Nobody else. */
const personBehind = async (
  kit: AccessKit,
  tx: Transaction,
  { claim, rules, trustEmail }: OidcSettings,
  claims: Claims,
): Promise<Person | undefined> => {
  const identity = `${claims.iss} ${claims.sub}`;
  const email = claims.email_verified === true || trustEmail ? emailOf(claims) : undefined;
  const rights = claim === undefined ? undefined : rightsByClaim(claims[claim], rules);
  const known = (await findByIdentity(tx, identity)) ?? (email === undefined ? undefined : await findByEmail(tx, email));
  if (known !== undefined) return bindTo(tx, known.id, identity, rights);
  if (rights === undefined || email === undefined) return undefined;
  const about = {
    id: newId(),
    email,
    name: nameOf(claims) ?? email,
    createdAt: kit.clock.now().toISOString(),
    createdBy: 'OpenID Connect',
  };
  const person: Person = { ...aPerson({ ...about, ...rights }, 'enabled'), identity, byClaims: true };
  await addPerson(tx, person);
  return person;
};

const bindTo = async (tx: Transaction, id: string, identity: string, rights: Rights | undefined): Promise<Person | undefined> => {
  const managers = await countManagers(tx);
  const person = await lockPerson(tx, id);
  if (person.state === 'disabled' || (person.identity ?? identity) !== identity) return undefined;
  const bound: Person = { ...person, identity, state: 'enabled' };
  return person.byClaims ? withClaims(tx, bound, rights, managers) : bound;
};

/** Whose rights the provider decides about has those of today. */
const withClaims = async (tx: Transaction, person: Person, rights: Rights | undefined, managers: number): Promise<Person | undefined> => {
  if (rights === undefined) return undefined;
  const changed: Person = { ...person, ...rights };
  // It cannot be taken from the last one: nobody could let anybody in any more.
  if (isManager(person) && !isManager(changed) && managers <= 1) return person;
  if (permissionsOf(person).join() !== permissionsOf(changed).join()) await endSessionsOf(tx, person.id);
  return changed;
};

const emailOf = ({ email }: Claims): string | undefined => (typeof email === 'string' && email.includes('@') ? emailKey(email) : undefined);

const nameOf = ({ name }: Claims): string | undefined =>
  typeof name === 'string' && name.trim() !== '' ? name.trim().slice(0, 100) : undefined;
