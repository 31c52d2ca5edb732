import { AppError } from '@orderbus/kernel';
import { decodeCursor, pageOf, pageQuery, type Route, route, toPage } from '@orderbus/service-kit';
import { z } from 'zod';
import { aPerson, emailKey, type Person, personStates } from '../domain/person.ts';
import { refusalToGive } from '../domain/rights.ts';
import { makeLink } from '../sign-in/welcome.ts';
import { accountSubject, locksOf } from '../store/attempts.ts';
import { addPerson, findPerson, listPeople } from '../store/people.ts';
import type { AccessKit } from '../surroundings.ts';
import { changePerson, managerOf } from './manage.ts';
import { PersonView, viewOfPerson } from './person-view.ts';
import { PersonName, refuseRights, rightsFields } from './words.ts';

export const manageAccess = { needs: 'manage-access', store: 'all' } as const;
export const personParams = z.object({ personId: z.uuid() });

export const Invitation = z.object({
  person: PersonView,
  link: z.string().describe('Lets this person in, once. Shown now and never again: hand it over yourself'),
  expiresAt: z.iso.datetime(),
});

const viewsOf = async ({ database, clock }: AccessKit, people: readonly Person[]): Promise<PersonView[]> => {
  const subjects = people.map(({ email }) => accountSubject(email));
  const locks = await locksOf(database, subjects, clock.now());
  return people.map((person, n) => viewOfPerson(person, locks[n]));
};

export const viewOf = async (kit: AccessKit, person: Person): Promise<PersonView> => {
  const [view] = await viewsOf(kit, [person]);
  return view as PersonView;
};

/** Who is there, who comes, and what each may. */
export const peopleRoutes = (kit: AccessKit): Route[] => [
  route({
    ...{ method: 'get', path: '/people', access: manageAccess, summary: 'The staff, by name', tags: ['people'] },
    query: pageQuery.extend({ state: z.enum(personStates).optional() }),
    responses: { 200: pageOf(PersonView) },
    handle: async ({ query: { cursor, limit, state } }) => {
      const after = cursor === undefined ? undefined : decodeCursor(cursor, z.object({ name: z.string(), id: z.uuid() }));
      const people = await listPeople(kit.database, { state, after, limit: limit + 1 });
      return toPage(await viewsOf(kit, people), limit, ({ name, id }) => ({ name, id }));
    },
  }),
  route({
    ...{ method: 'get', path: '/people/:personId', access: manageAccess, summary: 'One of the staff', tags: ['people'] },
    params: personParams,
    responses: { 200: PersonView },
    handle: async ({ params: { personId } }) => {
      const person = await findPerson(kit.database, personId);
      if (person === undefined) throw new AppError('not-found', 'person.unknown', { personId });
      return viewOf(kit, person);
    },
  }),
  route({
    ...{
      method: 'post',
      path: '/people',
      access: manageAccess,
      secret: true,
      summary: 'Invites somebody: answers with a one-time link',
      tags: ['people'],
    },
    body: z.strictObject({ email: z.email().max(320), name: PersonName, ...rightsFields }),
    responses: { 201: Invitation },
    handle: async ({ caller, body: { email, ...about }, requestId: id }) => {
      const manager = await managerOf(kit, caller);
      refuseRights(refusalToGive(manager, about));
      const createdAt = kit.clock.now().toISOString();
      const person = aPerson({ ...about, id, email: emailKey(email), createdAt, createdBy: manager.name });
      const link = await kit.database.transaction(async (tx) => {
        await addPerson(tx, person);
        return makeLink(kit, tx, person.id);
      });
      return { person: await viewOf(kit, person), ...link };
    },
  }),
  route({
    ...{ method: 'patch', path: '/people/:personId', access: manageAccess, tags: ['people'] },
    summary: 'Changes name, role, permissions or stores. With other rights, the person has to sign in again',
    params: personParams,
    body: z.strictObject({
      name: PersonName.optional(),
      role: rightsFields.role.optional(),
      permissions: rightsFields.permissions.optional(),
      stores: rightsFields.stores.optional(),
    }),
    responses: { 200: PersonView },
    handle: async ({ caller, params, body }) =>
      viewOf(kit, await changePerson(kit, caller, params.personId, (person) => ({ ...person, ...defined(body) }))),
  }),
];

const defined = <Fields extends object>(fields: Fields): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
