import { AppError } from '@orderbus/kernel';
import { HttpError, noContent, type Route, response, route } from '@orderbus/service-kit';
import { z } from 'zod';
import { arriveFrom, callbackPath, departTo, type OidcSignIn } from '../sign-in/with-oidc.ts';
import type { AccessKit } from '../surroundings.ts';
import { change, visitorOf } from './browser.ts';
import { setCookie } from './cookie.ts';
import { allowed } from './sign-in-routes.ts';

/** To the OpenID provider and back. */
export const oidcRoutes = (kit: AccessKit, oidc: OidcSignIn): Route[] => [
  change(kit, {
    path: '/oidc',
    summary: 'Begins to sign in with OpenID Connect: answers where to go',
    body: z.strictObject({ next: z.string().max(2_000).optional() }),
    does: async ({ cookie = '' }, { next }) => ({ next: await departTo(kit, oidc, cookie, allowed(kit, next) ?? null) }),
  }),
  route({
    ...{ method: 'get', path: callbackPath, access: 'public', secret: true, tags: ['sign-in'] },
    summary: 'Where the OpenID provider sends people back to',
    perMinute: kit.settings.signInPerMinute,
    query: z.object({
      ...{ code: text(2_000), state: text(500), iss: text(500), session_state: text(500), scope: text(500) },
      ...{ error: text(200), error_description: text(2_000), error_uri: text(500) },
    }),
    responses: { 303: noContent },
    handle: async (input) => {
      const publicUrl = kit.settings.publicUrl();
      const callback = new URL(callbackPath, publicUrl);
      for (const [name, value] of Object.entries(input.query)) if (value !== undefined) callback.searchParams.set(name, value);
      try {
        const entered = await arriveFrom(kit, oidc, await visitorOf(kit, input), callback);
        return response(303, undefined, { location: entered.next, 'set-cookie': setCookie(publicUrl, entered.cookie) });
      } catch (error) {
        if (!(error instanceof HttpError || error instanceof AppError)) throw error;
        kit.log.info({ code: error.code }, 'nobody came in by OpenID Connect');
        return response(303, undefined, { location: `/sign-in?problem=${encodeURIComponent(error.code)}` });
      }
    },
  }),
];

function text(longest: number) {
  return z.string().max(longest).optional();
}
