import { eventually } from '../eventually.ts';
import { allPermissions } from './issuer.ts';

export interface FirstAdmin {
  /** An API key. */
  readonly key: string;
  /** Of his browser, which is signed in. */
  readonly cookie: string;
  /** For what is for people alone: the value of `Authorization`. */
  bearer(audience: string): Promise<string>;
}

/**
 * Goes through the link of the first start, as a browser does, and makes an API key that may do everything but let others in.
 * @param shown what stood on the terminal
 */
export const firstAdmin = async (accessUrl: string, shown: string): Promise<FirstAdmin> => {
  const [, token] = /\/welcome#([\w-]+)/.exec(shown) ?? [];
  const welcome = await fetch(`${accessUrl}/welcome`);
  const page = await welcome.text();
  const [, formToken = ''] = /name="form-token" content="([^"]+)"/.exec(page) ?? [];
  const send = async (path: string, body: object, headers: Record<string, string>) => {
    const answer = await fetch(`${accessUrl}${path}`, {
      ...{ method: 'POST', body: JSON.stringify(body) },
      headers: { 'content-type': 'application/json', ...headers },
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status} ${await answer.text()}`);
    return answer;
  };
  const fromPage = { origin: new URL(accessUrl).origin, 'sec-fetch-site': 'same-origin' };
  const entered = await send(
    '/welcome',
    { token, name: 'Mara', email: 'mara@shop.example', password: 'Teal-Harbor-49-lamps' },
    { ...fromPage, 'x-form-token': formToken, cookie: cookieOf(welcome) },
  );
  const cookie = cookieOf(entered);
  const account = await (await fetch(`${accessUrl}/account`, { headers: { cookie } })).text();
  const [, ownToken = ''] = /name="form-token" content="([^"]+)"/.exec(account) ?? [];
  const bearer = async (audience: string): Promise<string> => {
    // Access may let people in before it has made its first key to sign with.
    const session = await eventually(() => send('/tokens/session', { audience }, { ...fromPage, 'x-form-token': ownToken, cookie }));
    return `Bearer ${((await session.json()) as { token: string }).token}`;
  };
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
  const permissions = allPermissions.filter((one) => one !== 'manage-access');
  const made = await send('/api-keys', { name: 'Tests', permissions, stores: '*', expiresAt }, { authorization: await bearer('access') });
  return { key: ((await made.json()) as { key: string }).key, cookie, bearer };
};

const cookieOf = (answer: Response): string => answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
