import { createHash } from 'node:crypto';
import { generateKey, type KeyRing, keyRing, parseConfig, type Service } from '@orderbus/service-kit';
import { type Harness, serviceHarness } from '@orderbus/testkit';
import { Secret, TOTP } from 'otpauth';
import { AccessConfig, buildAccessApp, schema } from '../src/app.ts';

/** A clock that only goes when it is told to. It begins now: tokens are checked by the real one. */
export const testClock = () => {
  let time = Date.now();
  return {
    now: () => new Date(time),
    pass: (ms: number) => {
      time += ms;
    },
  };
};

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;

export const good = 'Teal-Harbor-49-lamps';
export const better = 'Grey-Window-73-ships';

/** The secret of a service, and what access is told of it. */
export const secretOf = (service: string): string => `the secret of ${service}, in tests alone`;
const hashed = (service: string): string => `${service}:${createHash('sha256').update(secretOf(service)).digest('hex')}`;

export interface World extends Harness<Service> {
  readonly clock: ReturnType<typeof testClock>;
  /** What it seals with, as a setting and as it is used. */
  readonly keys: string;
  readonly ring: KeyRing;
  /** What was shown on the terminal. */
  readonly shown: string[];
  /** Everything that nobody else may come to know. */
  readonly secrets: Set<string>;
  /** A browser of its own. */
  browser(headers?: Record<string, string>): Browser;
}

export const accessWorld = async (settings: Record<string, string> = {}): Promise<World> => {
  const clock = testClock();
  const shown: string[] = [];
  const keys = `k1:${generateKey()}`;
  const harness = await serviceHarness({
    schema,
    build: (urls) =>
      buildAccessApp(
        parseConfig(AccessConfig, {
          ...{
            ...urls,
            ORDERBUS_KEYS: keys,
            PASSWORD_MEMORY_MIB: '19',
            SIGN_IN_PER_MINUTE: '100000',
            TRUSTED_PROXIES: 'loopback',
            LOG_LEVEL: 'fatal',
          },
          SERVICE_SECRETS: ['fulfillment', 'billing', 'console', 'stranger'].map(hashed).join(),
          ...settings,
        }),
        { clock, show: (text) => shown.push(text) },
      ),
  });
  let browsers = 0;
  /** Each at an address of its own: what one fails is not held against the others. */
  const address = () => `198.18.${Math.floor(++browsers / 250)}.${browsers % 250}`;
  const secrets = new Set<string>([good, better]);
  return {
    ...{ ...harness, clock, shown, secrets, keys, ring: keyRing(keys) },
    browser: (headers) => browser(() => harness.app.url, secrets, { 'x-forwarded-for': address(), ...headers }),
  };
};

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely
  readonly body: any;
  readonly headers: Headers;
}

/** What a browser does with our pages: keeps the cookie, and sends what they tell it. */
export interface Browser {
  cookie: string | undefined;
  open(path: string): Promise<Answer & { readonly text: string }>;
  send(path: string, body: object, headers?: Record<string, string>): Promise<Answer>;
}

const browser = (url: () => string, secrets: Set<string>, own: Record<string, string>): Browser => {
  let formToken = '';
  const ask = async (path: string, init: RequestInit): Promise<Answer & { text: string }> => {
    const headers = new Headers({ ...own, ...(init.headers as Record<string, string>) });
    if (self.cookie !== undefined && !headers.has('cookie')) headers.set('cookie', self.cookie);
    const response = await fetch(`${url()}${path}`, { ...init, headers, redirect: 'manual' });
    const [set] = response.headers.getSetCookie();
    if (set !== undefined) self.cookie = set.includes('Max-Age=0') ? undefined : set.split(';')[0];
    if (self.cookie !== undefined) secrets.add(self.cookie.split('=')[1] ?? '');
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : text };
  };
  const self: Browser = {
    cookie: undefined,
    open: async (path) => {
      const answer = await ask(path, {});
      formToken = /name="form-token" content="([^"]+)"/.exec(answer.text)?.[1] ?? formToken;
      return answer;
    },
    send: async (path, body, headers = {}) => {
      const usual = { 'content-type': 'application/json', origin: new URL(url()).origin, 'sec-fetch-site': 'same-origin' };
      const answer = await ask(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { ...usual, 'x-form-token': formToken, ...headers },
      });
      // It goes where it is told to, and the page there has another token.
      if (answer.status === 200 && answer.body.next?.startsWith('/')) await self.open(answer.body.next);
      return answer;
    },
  };
  return self;
};

/** The part of a link behind the `#`. */
export const tokenIn = (text: string): string => /\/welcome#([\w-]{43})/.exec(text)?.[1] ?? '';

/** Goes through a one-time link. Answers with where it leads. */
export const welcome = async (who: Browser, link: string, body: object): Promise<Answer> => {
  await who.open('/welcome');
  return who.send('/welcome', { token: tokenIn(link), password: good, ...body });
};

export const signIn = async (who: Browser, email: string, password = good, next?: string): Promise<Answer> => {
  await who.open('/sign-in');
  return who.send('/sign-in', { email, password, ...(next === undefined ? {} : { next }) });
};

/** An authenticator app. */
export const appWith = (secret: string, clock: { now(): Date }) => {
  const totp = new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) });
  return { code: () => totp.generate({ timestamp: clock.now().getTime() }) };
};

/** Sets up an authenticator in a browser that is asked to, or that asks for it with the password. */
export const enrolIn = async (who: Browser, clock: { now(): Date }, password?: string) => {
  const { text } = await who.open('/enrolment');
  const app = appWith(/<code>([^<]+)<\/code>/.exec(text)?.[1] ?? '', clock);
  const answer = await who.send('/enrolment', { code: app.code(), ...(password === undefined ? {} : { password }) });
  return { app, answer };
};

/** A token for `access` from somebody's session, as an `Authorization` header. */
export const bearerOf = async (who: Browser, audience = 'access'): Promise<string> => {
  await who.open('/account');
  const { body } = await who.send('/tokens/session', { audience });
  return `Bearer ${body.token}`;
};

export const claimsIn = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.replace('Bearer ', '').split('.')[1] ?? '', 'base64url').toString());
