import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
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

/** Plays the access service: signs tokens for whoever a test wants to be, and exchanges API keys that it has made. */
export interface TestAccess {
  /** For `ACCESS_URL`. */
  readonly url: string;
  /** The value of an `Authorization` header, for this service. Without more, somebody who may do everything. */
  bearer(audience: string, caller?: TestCaller): string;
  /** An API key, until it is revoked. */
  key(caller: TestCaller): string;
  revoke(key: string): void;
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

  const answer = async (request: IncomingMessage): Promise<object | undefined> => {
    if (request.url === '/.well-known/jwks.json')
      return { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: keyId, alg: 'EdDSA', use: 'sig' }] };
    const { key, audience, service } = JSON.parse(await textOf(request)) as Record<string, string>;
    const expiresAt = new Date(Date.now() + lifetimeSeconds * 1_000).toISOString();
    if (request.url === '/tokens/service')
      return { token: tokenFor(audience ?? '', { id: `service:${service}`, name: service ?? '' }), expiresAt };
    const caller = keys.get(key ?? '');
    return caller && { token: tokenFor(audience ?? '', caller), expiresAt };
  };

  const server = createServer(async (request, response) => {
    const body = await answer(request);
    response.writeHead(body === undefined ? 401 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? {}));
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
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The same person each time. */
export const personOf = (name: string): string => `person:${Buffer.from(name).toString('hex').slice(0, 32) || '0'}`;

const textOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
};
