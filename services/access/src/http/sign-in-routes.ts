import type { Route } from '@orderbus/service-kit';
import { z } from 'zod';
import { passwordLength } from '../domain/password.ts';
import { returnTo } from '../domain/return-to.ts';
import { changePassword } from '../sign-in/change-password.ts';
import { enrol } from '../sign-in/enrol.ts';
import { onRecord } from '../sign-in/on-record.ts';
import { notSignedIn } from '../sign-in/refusals.ts';
import { signOut } from '../sign-in/sign-out.ts';
import { lookAtLink, useLink } from '../sign-in/welcome.ts';
import { signInWithCode } from '../sign-in/with-code.ts';
import { signInWithPassword } from '../sign-in/with-password.ts';
import { endSessionOf, endSessionsOf } from '../store/sessions.ts';
import type { AccessKit } from '../surroundings.ts';
import { change } from './browser.ts';
import { PersonName } from './words.ts';

const Password = z
  .string()
  .min(1)
  .max(passwordLength.most * 4);
const Code = z.string().trim().min(1).max(40);
const Token = z.string().min(1).max(100);
const Nothing = z.strictObject({});

/** What the pages ask for. */
export const signInRoutes = (kit: AccessKit): Route[] => [
  change(kit, {
    path: '/sign-in',
    summary: 'Begins to sign in, with a local account',
    body: z.strictObject({ email: z.string().min(1).max(320), password: Password, next: z.string().max(2_000).optional() }),
    does: (visitor, { email, password, next }) =>
      signInWithPassword(kit, visitor, { email, password, returnTo: allowed(kit, next) ?? null }),
  }),
  change(kit, {
    path: '/code',
    summary: 'The code of the authenticator, or a recovery code',
    body: z.strictObject({ code: Code }),
    does: (visitor, { code }) => signInWithCode(kit, visitor, code),
  }),
  change(kit, {
    path: '/enrolment',
    summary: 'Sets up the authenticator, with its first code',
    body: z.strictObject({ code: Code, password: Password.optional() }),
    does: (visitor, body) => enrol(kit, visitor, body),
  }),
  change(kit, {
    path: '/password',
    summary: 'Changes one\u2019s own password',
    body: z.strictObject({ current: Password, password: Password }),
    does: (visitor, body) => changePassword(kit, visitor, body),
  }),
  change(kit, {
    path: '/welcome/look',
    summary: 'What a one-time link is for. Looking does not use it up',
    body: z.strictObject({ token: z.string().max(100) }),
    does: async (_visitor, { token }) => {
      const welcome = await lookAtLink(kit, token);
      return { next: '/welcome', welcome: welcome.kind === 'first' ? { kind: 'first' } : { kind: 'person', name: welcome.person.name } };
    },
  }),
  change(kit, {
    path: '/welcome',
    summary: 'Uses a one-time link, with a password of one\u2019s own',
    body: z.strictObject({ token: Token, password: Password, name: PersonName.optional(), email: z.email().max(320).optional() }),
    does: (visitor, body) => useLink(kit, visitor, body),
  }),
  change(kit, {
    path: '/sign-out',
    summary: 'Ends this session',
    body: Nothing,
    does: async (visitor) => {
      if (visitor.signedIn) await signOut(kit, visitor, visitor.signedIn);
      return { next: '/sign-in', cookie: null };
    },
  }),
  change(kit, {
    path: '/account/sessions/end',
    summary: 'Ends one of one\u2019s own sessions, or all others',
    body: z.strictObject({ session: z.union([z.uuid(), z.literal('others')]) }),
    does: async (visitor, { session }) => {
      const { signedIn } = visitor;
      if (signedIn?.session.stage !== 'open') throw notSignedIn();
      const { person, session: own } = signedIn;
      await onRecord(kit, visitor, 'person.session-ended', { person, reason: session });
      if (session === 'others') await endSessionsOf(kit.database, person.id, own.id);
      else await endSessionOf(kit.database, person.id, session);
      return { next: '/account' };
    },
  }),
];

/** Where somebody wants to go, if that is a place to be sent to. */
export const allowed = ({ settings }: AccessKit, next: string | undefined): string | undefined =>
  returnTo(next, settings.publicUrl(), settings.consoleUrl === undefined ? [] : [new URL(settings.consoleUrl).origin]);
