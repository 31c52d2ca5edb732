import { readFileSync } from 'node:fs';
import { media, type Route, raw, response, route } from '@orderbus/service-kit';
import { toSVG } from 'bwip-js/node';
import { isManager } from '../domain/rights.ts';
import type { Stage } from '../domain/session.ts';
import { accountPage } from '../pages/account-page.ts';
import { keysPage, keysShown } from '../pages/keys-page.ts';
import { type Frame, mark } from '../pages/layout.ts';
import { codePage, enrolmentPage, passwordPage, signInPage, welcomePage } from '../pages/sign-in-pages.ts';
import { problemIn } from '../pages/words.ts';
import { offeredTo } from '../sign-in/enrol.ts';
import { pageOf } from '../sign-in/enter.ts';
import type { SignedIn } from '../sign-in/visitor.ts';
import { listApiKeys } from '../store/api-keys.ts';
import { sessionsOf } from '../store/sessions.ts';
import type { AccessKit } from '../surroundings.ts';
import { type PageInput, page } from './browser.ts';
import { allowed } from './sign-in-routes.ts';

/** The pages, one for each step into the house, and one's own account. */
export const pageRoutes = (kit: AccessKit): Route[] => [
  page(kit, { path: '/', summary: 'Leads to where one is', shows: async () => '/account' }),
  page(kit, {
    path: '/sign-in',
    summary: 'The page to sign in on',
    shows: async (input) => {
      const next = allowed(kit, input.query.next);
      if (input.visitor.signedIn?.session.stage === 'open') return pageOf(kit, 'open', next ?? null);
      return signInPage(frameOf(input), { next, provider: kit.settings.oidcName });
    },
  }),
  page(kit, { path: '/code', summary: 'Asks for a code', shows: inStages(['code'], async (input) => codePage(frameOf(input))) }),
  page(kit, {
    path: '/enrolment',
    summary: 'Sets up an authenticator',
    shows: inStages(['enrolment', 'open'], async (input, { session }) => {
      const person = await offeredTo(kit, input.visitor);
      const url = kit.authenticator.urlOf(person.totpOffered, person);
      const picture = toSVG({ bcid: 'qrcode', text: url });
      const secret = kit.authenticator.secretOf(person.totpOffered, person.id);
      return enrolmentPage(frameOf(input), { picture, secret, asksPassword: session.stage === 'open', email: person.email });
    }),
  }),
  page(kit, {
    path: '/password',
    summary: 'Changes the password',
    shows: inStages(['password', 'open'], async (input, { session, person }) =>
      passwordPage(frameOf(input), { email: person.email, isOld: session.stage === 'password' }),
    ),
  }),
  page(kit, { path: '/welcome', summary: 'Where a one-time link leads', shows: async (input) => welcomePage(frameOf(input)) }),
  page(kit, {
    path: '/account',
    summary: 'One\u2019s own account: sessions, password, authenticator',
    shows: inStages(['open'], async (input, { session, person }) => {
      const sessions = await sessionsOf(kit.database, person.id, kit.clock.now(), kit.settings.times.idleMs);
      return accountPage(frameOf(input), {
        ...{ person, session, sessions, consoleUrl: kit.settings.consoleUrl, managesKeys: isManager(person) },
      });
    }),
  }),
  page(kit, {
    path: '/keys',
    summary: 'API keys: made, seen, revoked. For whoever manages access',
    shows: inStages(['open'], async (input, { person }) => {
      if (!isManager(person)) return '/account';
      const keys = await listApiKeys(kit.database, { limit: keysShown + 1 });
      return keysPage(frameOf(input), { maker: person, keys, now: kit.clock.now() });
    }),
  }),
  ...assets,
];

const frameOf = ({ language, formToken, query }: PageInput): Frame => ({ language, formToken, problem: problemIn(query.problem) });

/** For whoever is that far; others are led to where they are. */
const inStages =
  <Shown>(stages: readonly Stage[], shows: (input: PageInput, signedIn: SignedIn) => Promise<Shown>) =>
  async (input: PageInput): Promise<Shown | string> => {
    const { signedIn } = input.visitor;
    if (signedIn === undefined) return '/sign-in';
    const { stage } = signedIn.session;
    if (stages.includes(stage)) return shows(input, signedIn);
    return stage === 'open' ? '/account' : `/${stage}`;
  };

const file = (name: string): string => readFileSync(new URL(`../pages/assets/${name}`, import.meta.url), 'utf8');

const asset = (name: string, type: string, content: string): Route =>
  route({
    ...{ method: 'get', path: `/assets/${name}`, access: 'public', summary: `Part of the pages: ${name}`, tags: ['pages'] },
    responses: { 200: media(type) },
    handle: async () => response(200, raw(`${type}; charset=utf-8`, content), { 'cache-control': 'public, max-age=300' }),
  });

const assets: readonly Route[] = [
  asset('access.css', 'text/css', file('access.css')),
  asset('access.js', 'text/javascript', file('access.js')),
  asset('icon.svg', 'image/svg+xml', mark.text.replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ')),
];
