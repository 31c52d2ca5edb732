import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration } from 'oidc-provider';

/** What the provider knows of somebody. */
export type Known = Readonly<Record<string, unknown>>;

export interface OidcProvider {
  readonly issuer: string;
  /** By subject. */
  readonly people: Map<string, Known>;
  /** Who is sitting in front of it. */
  visitor: string;
  /** The provider begins to know the application. */
  open(redirectUri: string): void;
  /** Goes through all of its pages, and answers with the address that it sends the browser to in the end. */
  passThrough(url: string): Promise<URL>;
  stop(): Promise<void>;
}

export const client = { id: 'orderbus', secret: 'canary-secret-of-the-client' };

/** A real OpenID provider, on this machine. Whoever sits in front of it signs in and agrees without being asked. */
export const oidcProvider = async (): Promise<OidcProvider> => {
  let handle: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) => void response.writeHead(503).end();
  const server = createServer((request, response) => handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const self: OidcProvider = {
    issuer,
    people: new Map(),
    visitor: '',
    open: (redirectUri) => {
      const provider = new Provider(issuer, configurationFor(self, redirectUri));
      provider.on('server_error', (_context, error) => process.stderr.write(`${error.stack}\n`));
      const callback = provider.callback();
      handle = async (request, response) => {
        if (!request.url?.startsWith('/interaction/')) return callback(request, response);
        await provider.interactionDetails(request, response);
        await provider.interactionFinished(request, response, { login: { accountId: self.visitor } });
      };
    },
    passThrough: async (url) => {
      const cookies = new Map<string, string>();
      for (let next = new URL(url), steps = 0; steps < 10; steps++) {
        if (next.origin !== issuer) return next;
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
        const response = await fetch(next, { redirect: 'manual', headers: { cookie } });
        for (const set of response.headers.getSetCookie()) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
          cookies.set(name, value);
        }
        const location = response.headers.get('location');
        if (location === null) throw new Error(`${next.pathname} answered ${response.status} ${await response.text()}`);
        next = new URL(location, next);
      }
      throw new Error('it goes round in circles');
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return self;
};

const configurationFor = ({ people }: OidcProvider, redirectUri: string): Configuration => ({
  clients: [
    {
      ...{ client_id: client.id, client_secret: client.secret, redirect_uris: [redirectUri] },
      ...{ token_endpoint_auth_method: 'client_secret_post', response_types: ['code'], grant_types: ['authorization_code'] },
    },
  ],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
  features: { devInteractions: { enabled: false } },
  cookies: { keys: ['of a test'] },
  pkce: { required: () => true },
  interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
  findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub, ...people.get(sub) }) }),
  loadExistingGrant: async ({ oidc }) => {
    const grant = new oidc.provider.Grant({ clientId: oidc.client?.clientId ?? '', accountId: oidc.session?.accountId ?? '' });
    grant.addOIDCScope('openid email profile');
    await grant.save();
    return grant;
  },
});
