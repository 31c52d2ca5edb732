import type { IncomingHttpHeaders } from 'node:http';
import { HttpError, media, noContent, type Route, type RouteInput, raw, response, route } from '@orderbus/service-kit';
import type { Html } from '@orderbus/service-kit/html';
import { z } from 'zod';
import { type Language, languageOf } from '../pages/words.ts';
import { formTokenOf, isSame, newSecret } from '../secrets/once.ts';
import { signedInBy, type Visitor } from '../sign-in/visitor.ts';
import type { AccessKit } from '../surroundings.ts';
import { clearCookie, readCookie, setCookie } from './cookie.ts';

type Asked = Pick<RouteInput<unknown, unknown, unknown>, 'headers' | 'address'>;

export const visitorOf = async (kit: AccessKit, { headers, address }: Asked, touch = true): Promise<Visitor> => {
  const cookie = readCookie(headers.cookie, kit.settings.publicUrl());
  const signedIn = await signedInBy(kit, cookie, touch);
  return { cookie, address, browser: (headers['user-agent'] ?? '').slice(0, 200), ...(signedIn ? { signedIn } : {}) };
};

/**
 * A change that a browser asks for with its cookie comes from a page of ours: it says so itself, and brings along what only such a page knows.
 * @throws HttpError 403
 */
export const checkForm = (headers: IncomingHttpHeaders, publicUrl: string): void => {
  const { origin, 'sec-fetch-site': site } = headers;
  const own = new URL(publicUrl).origin;
  const isOwn = (origin ?? own) === own && (site ?? 'same-origin') === 'same-origin' && (origin ?? site) !== undefined;
  if (!isOwn) throw new HttpError(403, 'request.other-site', 'This has to come from a page of this site');
  const cookie = readCookie(headers.cookie, publicUrl);
  const token = headers['x-form-token'];
  if (cookie === undefined || typeof token !== 'string' || !isSame(token, formTokenOf(cookie)))
    throw new HttpError(403, 'request.form-token', 'X-Form-Token: load the page again, and send what it says');
};

/** What a page is told: where to go, and anything else that it has to show. */
interface Told {
  readonly next: string;
  readonly recoveryCodes?: readonly string[];
  /** An API key that was just made. */
  readonly key?: string;
  /** What a link is for. */
  readonly welcome?: { readonly kind: 'first' | 'person'; readonly name?: string };
  /** `null`: the browser forgets it. */
  readonly cookie?: string | null;
}

const ToldView = z.object({
  next: z.string().describe('Where to go'),
  recoveryCodes: z.array(z.string()).optional().describe('Shown once'),
  key: z.string().optional().describe('An API key. Shown once'),
  welcome: z
    .object({ kind: z.enum(['first', 'person']), name: z.string().optional() })
    .optional()
    .describe('What a link is for'),
});

export interface ChangeSpec<Body extends z.ZodType> {
  readonly path: string;
  readonly summary: string;
  readonly body: Body;
  readonly does: (visitor: Visitor, body: z.output<Body>) => Promise<Told>;
}

/** A change that our pages ask for. As JSON alone: a form of another site cannot send that. */
export const change = <Body extends z.ZodType>(kit: AccessKit, { path, summary, body, does }: ChangeSpec<Body>): Route =>
  route({
    ...{ method: 'post', path, access: 'public', secret: true, perMinute: kit.settings.signInPerMinute, summary, tags: ['sign-in'] },
    body,
    responses: { 200: ToldView },
    handle: async (input) => {
      const publicUrl = kit.settings.publicUrl();
      checkForm(input.headers, publicUrl);
      const { cookie, next, recoveryCodes, key, welcome } = await does(await visitorOf(kit, input), input.body as z.output<Body>);
      const shown = { ...(recoveryCodes ? { recoveryCodes } : {}), ...(key ? { key } : {}), ...(welcome ? { welcome } : {}) };
      const headers = cookie === undefined ? {} : { 'set-cookie': cookie === null ? clearCookie(publicUrl) : setCookie(publicUrl, cookie) };
      return response(200, { next, ...shown }, headers);
    },
  });

/** What a page is made of. */
export interface PageInput {
  readonly visitor: Visitor;
  readonly language: Language;
  /** What its changes have to send along. */
  readonly formToken: string;
  readonly query: { readonly next?: string | undefined; readonly problem?: string | undefined };
}

export interface PageSpec {
  readonly path: string;
  readonly summary: string;
  /** The page, or where to go instead. */
  readonly shows: (input: PageInput) => Promise<Html | string>;
}

/** Scripts and styles from here alone, no form that sends itself, nobody's frame. */
const policy = [
  ...["default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'", "base-uri 'none'"],
  ...["form-action 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'"],
].join('; ');

export const page = (kit: AccessKit, { path, summary, shows }: PageSpec): Route =>
  route({
    ...{ method: 'get', path, access: 'public', summary, tags: ['pages'] },
    query: z.object({ next: z.string().max(2_000).optional(), problem: z.string().max(40).optional() }),
    responses: { 200: media('text/html'), 303: noContent },
    handle: async (input) => {
      const visitor = await visitorOf(kit, input);
      const cookie = visitor.cookie ?? newSecret();
      const { query, headers } = input;
      const shown = await shows({ visitor, language: languageOf(headers['accept-language']), formToken: formTokenOf(cookie), query });
      if (typeof shown === 'string') return response(303, undefined, { location: shown });
      return response(200, raw('text/html; charset=utf-8', shown.text), {
        'content-security-policy': policy,
        vary: 'accept-language, cookie',
        ...(visitor.cookie === undefined ? { 'set-cookie': setCookie(kit.settings.publicUrl(), cookie) } : {}),
      });
    },
  });
