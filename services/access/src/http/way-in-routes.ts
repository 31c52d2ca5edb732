import { AppError } from '@orderbus/kernel';
import { noContent, type Route, response, route } from '@orderbus/service-kit';
import { z } from 'zod';
import type { Person } from '../domain/person.ts';
import { makeLink } from '../sign-in/welcome.ts';
import { accountSubject, forgive } from '../store/attempts.ts';
import { savePerson } from '../store/people.ts';
import { endSessionsOf, sessionsOf } from '../store/sessions.ts';
import type { AccessKit } from '../surroundings.ts';
import { changePerson, letIn, managerOf } from './manage.ts';
import { Invitation, manageAccess, personParams, viewOf } from './people-routes.ts';
import { PersonView } from './person-view.ts';
import { Reason } from './words.ts';

const SessionView = z.object({
  id: z.uuid(),
  method: z.string(),
  browser: z.string(),
  createdAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
});

const WithReason = z.strictObject({ reason: Reason });

/** Closing a way in, and opening it again. */
export const wayInRoutes = (kit: AccessKit): Route[] => [
  route({
    ...{ method: 'post', path: '/people/:personId/disable', access: manageAccess, tags: ['people'] },
    summary: 'Shuts somebody out: sessions, links and API keys of his open nothing any more',
    params: personParams,
    body: WithReason,
    responses: { 200: PersonView },
    handle: async ({ caller, params }) =>
      viewOf(kit, await changePerson(kit, caller, params.personId, (person) => ({ ...person, state: 'disabled' }))),
  }),
  route({
    ...{ method: 'post', path: '/people/:personId/enable', access: manageAccess, summary: 'Lets somebody in again', tags: ['people'] },
    params: personParams,
    body: WithReason,
    responses: { 200: PersonView },
    handle: async ({ caller, params }) => viewOf(kit, await changePerson(kit, caller, params.personId, enabled)),
  }),
  route({
    ...{ method: 'post', path: '/people/:personId/link', access: manageAccess, secret: true, tags: ['people'] },
    summary: 'A one-time link with which the person chooses a (new) password',
    params: personParams,
    responses: { 201: Invitation },
    handle: async ({ caller, params }) => {
      const { person, ...link } = await letIn(kit, caller, params.personId, async (tx, person) => {
        if (person.state === 'disabled') throw new AppError('conflict', 'person.disabled', { personId: person.id });
        return { person, ...(await makeLink(kit, tx, person.id)) };
      });
      return { person: await viewOf(kit, person), ...link };
    },
  }),
  route({
    ...{ method: 'post', path: '/people/:personId/reset-authenticator', access: manageAccess, tags: ['people'] },
    summary: 'Forgets the authenticator and the recovery codes, for somebody who has lost them',
    params: personParams,
    body: WithReason,
    responses: { 200: PersonView },
    handle: async ({ caller, params }) => {
      const person = await letIn(kit, caller, params.personId, async (tx, before) => {
        const after = { ...before, totp: null, totpOffered: null, recoveryCodes: [] };
        await savePerson(tx, after);
        await endSessionsOf(tx, before.id);
        return after;
      });
      return viewOf(kit, person);
    },
  }),
  route({
    ...{ method: 'post', path: '/people/:personId/unlock', access: manageAccess, tags: ['people'] },
    summary: 'Ends the lock after too many wrong attempts',
    params: personParams,
    responses: { 200: PersonView },
    handle: async ({ caller, params }) => {
      const person = await letIn(kit, caller, params.personId, async (tx, locked) => {
        await forgive(tx, accountSubject(locked.email));
        return locked;
      });
      return viewOf(kit, person);
    },
  }),
  route({
    ...{
      method: 'get',
      path: '/people/:personId/sessions',
      access: manageAccess,
      summary: 'Where somebody is signed in',
      tags: ['people'],
    },
    params: personParams,
    responses: { 200: z.object({ items: z.array(SessionView) }) },
    handle: async ({ params }) => ({
      items: (await sessionsOf(kit.database, params.personId, kit.clock.now(), kit.settings.times.idleMs)).map(
        ({ id, method, browser, createdAt, lastSeenAt, endsAt }) => ({ id, method, browser, createdAt, lastSeenAt, endsAt }),
      ),
    }),
  }),
  route({
    ...{
      method: 'post',
      path: '/people/:personId/sign-out',
      access: manageAccess,
      summary: 'Ends all sessions of somebody',
      tags: ['people'],
    },
    params: personParams,
    responses: { 204: noContent },
    handle: async ({ caller, params }) => {
      await managerOf(kit, caller);
      await endSessionsOf(kit.database, params.personId);
      return response(204);
    },
  }),
];

/** Back to where he was: somebody who never had a password still has to choose one. */
const enabled = (person: Person): Person => {
  if (person.state !== 'disabled') return person;
  return { ...person, state: person.passwords.length > 0 || person.identity !== null ? 'enabled' : 'invited' };
};
