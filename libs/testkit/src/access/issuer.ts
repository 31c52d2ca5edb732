import { generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Who a test says that it is. */
export interface TestCaller {
  /** `person:…`, `key:…` or `service:…`. */
  readonly id?: string;
  readonly name?: string;
  readonly permissions?: readonly string[];
  readonly stores?: '*' | readonly string[];
}

/** A service has asked for a token of its visitor. */
export interface TestVisit {
  readonly cookie: string;
  readonly audience: string;
  /** Was it a sign of life? */
  readonly touch: boolean;
  readonly address: string | undefined;
}

/** Plays the access service: signs tokens for whoever a test wants to be, and exchanges API keys that it has made. */
export interface TestAccess {
  /** For `ACCESS_URL`. */
  readonly url: string;
  /** The value of an `Authorization` header, for this service. Without more, somebody who may do everything. */
  bearer(audience: string, caller?: TestCaller): string;
  /** An API key, until it is revoked. */
  key(caller: TestCaller): string;
  revoke(key: string): void;
  /** The cookie of a browser in which somebody is signed in, until his session ends. */
  session(caller?: TestCaller): string;
  endSession(cookie: string): void;
  readonly tokenLifeMs: number;
  /** What has been asked about sessions so far. */
  readonly visits: readonly TestVisit[];
  stop(): Promise<void>;
}

/** Everything that there is to be allowed. */
export const allPermissions = ['read', 'operate', 'bill', 'books', 'administer', 'see-buyer-data', 'refund', 'manage-access'] as const;

const keyId = 'test';
const lifetimeSeconds = 3_600;

export const testAccess = async (): Promise<TestAccess> => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const keys = new Map<string, TestCaller>();

  const tokenFor = (audience: string, { id, name = 'Mara', permissions = allPermissions, stores = '*' }: TestCaller): string => {
    const now = Math.floor(Date.now() / 1_000);
    const claims = { iss: 'orderbus', aud: audience, sub: id ?? personOf(name), name, permissions, stores };
    const payload = { ...claims, jti: randomUUID(), iat: now, exp: now + lifetimeSeconds };
    const content = `${encode({ alg: 'EdDSA', kid: keyId })}.${encode(payload)}`;
    return `${content}.${sign(null, Buffer.from(content), privateKey).toString('base64url')}`;
  };

  const sessions = new Map<string, TestCaller>();
  const visits: TestVisit[] = [];

  /** `undefined`: nobody is signed in with this cookie. */
  const visited = ({ url, headers }: IncomingMessage, asked: { audience?: string; touch?: boolean }): object | undefined => {
    const { cookie = '', 'x-forwarded-for': address } = headers;
    const caller = sessions.get(cookie);
    if (url === '/tokens/session/end') {
      sessions.delete(cookie);
      return {};
    }
    const { audience = '', touch = true } = asked;
    visits.push({ cookie, audience, touch, address: address?.toString() });
    return caller && { token: tokenFor(audience, caller), expiresAt: inAnHour() };
  };

  const answer = async (request: IncomingMessage): Promise<object | undefined> => {
    if (request.url === '/.well-known/jwks.json')
      return { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: keyId, alg: 'EdDSA', use: 'sig' }] };
    const asked = JSON.parse(await textOf(request)) as Record<string, string>;
    if (request.url?.startsWith('/tokens/session')) return visited(request, asked);
    const { key, audience, service } = asked;
    const expiresAt = inAnHour();
    if (request.url === '/tokens/service')
      return { token: tokenFor(audience ?? '', { id: `service:${service}`, name: service ?? '' }), expiresAt };
    const caller = keys.get(key ?? '');
    return caller && { token: tokenFor(audience ?? '', caller), expiresAt };
  };

  const server = createServer(async (request, response) => {
    const body = await answer(request);
    response.writeHead(body === undefined ? 401 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? { code: 'session.none' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Nobody waits for it: a program that is done ends.
  server.unref();

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bearer: (audience, caller = {}) => `Bearer ${tokenFor(audience, caller)}`,
    key: (caller) => {
      const key = `obk_${randomUUID()}_${randomUUID()}`;
      keys.set(key, { id: `key:${randomUUID()}`, ...caller });
      return key;
    },
    revoke: (key) => void keys.delete(key),
    session: (caller = {}) => {
      const cookie = `orderbus=${randomBytes(32).toString('base64url')}`;
      sessions.set(cookie, caller);
      return cookie;
    },
    endSession: (cookie) => void sessions.delete(cookie),
    tokenLifeMs: lifetimeSeconds * 1_000,
    visits,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const inAnHour = (): string => new Date(Date.now() + lifetimeSeconds * 1_000).toISOString();

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The same person each time. */
export const personOf = (name: string): string => `person:${Buffer.from(name).toString('hex').slice(0, 32) || '0'}`;

const textOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
};
