import { type Closed, needsOf, type Permission, permissionNames, type Route, roles } from '@orderbus/service-kit';
import type { TestAccess, TestCaller } from './issuer.ts';

export interface MatrixOptions {
  readonly app: { readonly name: string; readonly url: string; readonly routes: readonly Route[] };
  readonly access: TestAccess;
  /** The routes that are open to everybody, as `GET /path`: nobody else may be. */
  readonly open?: readonly string[];
  /** What stands for the parameters of paths: ids of things that there are, and that belong to `store`. By route where one name means several things. */
  readonly params: Readonly<Record<string, string>>;
  readonly requests?: Readonly<Record<string, Sample>>;
  /** The store of all that. */
  readonly store: string;
  /** The headers with which somebody comes in. Default: a token of his. */
  readonly enter?: (caller: TestCaller) => Readonly<Record<string, string>>;
  /** What somebody who is limited to another store must not find in any list. */
  readonly hidden?: readonly string[];
}

/** A request that is good enough to get to the question whose it is about. */
export interface Sample {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  /** JSON; of an upload, its text. */
  readonly body?: unknown;
}

/**
 * Walks every route of a service as nobody, with a token for another service, with a revoked key, as each role, lacking each permission that
 * it needs, and limited to another store. Answers with what was not as it should be: one line each.
 */
export const accessMatrix = async (options: MatrixOptions): Promise<string[]> => {
  const { app, open = [] } = options;
  const declared = app.routes.filter(({ access }) => access === 'public').map(nameOf);
  const wrong = declared.filter((name) => !open.includes(name)).map((name) => `${name}: open to everybody, and not in the list`);
  wrong.push(...open.filter((name) => !declared.includes(name)).map((name) => `${name}: in the list of what is open, and is not`));
  for (const route of app.routes) {
    if (route.access === undefined) wrong.push(`${nameOf(route)}: says nothing about access`);
    else if (route.access !== 'public') wrong.push(...(await walk(route, route.access, options)));
  }
  return wrong;
};

const nameOf = ({ method, path }: Route): string => `${method.toUpperCase()} ${path}`;

const walk = async (route: Route, rule: Closed<never>, options: MatrixOptions): Promise<string[]> => {
  const { app, access, enter = (caller) => ({ authorization: access.bearer(app.name, caller) }) } = options;
  const needs = needsOf(rule);
  const revoked = access.key({ permissions: permissionNames });
  access.revoke(revoked);
  const ask = asker(route, options);
  const wrong: string[] = [];
  const expect = (who: string, status: number, ok: boolean) => {
    if (!ok) wrong.push(`${nameOf(route)} as ${who}: ${status}`);
  };
  const as = (caller: TestCaller) => ask(enter(caller));

  for (const [who, credential] of [
    ['nobody', {}],
    ['with a token for another service', { authorization: access.bearer(`not-${app.name}`) }],
    ['with a revoked key', { authorization: `Bearer ${revoked}` }],
  ] as const) {
    const { status } = await ask(credential);
    expect(who, status, status === 401);
  }
  for (const [role, granted] of Object.entries(roles) as [string, readonly Permission[]][]) {
    const { status } = await as({ name: role, permissions: granted });
    const mayBeRefused = rule.mayNeed !== undefined && !granted.includes(rule.mayNeed) && status === 403;
    expect(role, status, needs.every((one) => granted.includes(one)) ? isLetIn(status) || mayBeRefused : status === 403);
  }
  for (const missing of needs) {
    const { status } = await as({ permissions: permissionNames.filter((one) => one !== missing) });
    expect(`somebody without ${missing}`, status, status === 403);
  }
  const sample = options.requests?.[nameOf(route)] ?? {};
  const { status, text } = await ask(enter({ stores: [`not-${options.store}`] }), sample);
  expect('somebody of another store', status, isRightForOthers(rule, status));
  // What it has asked for by name it may be told that there is no such thing.
  const hidden = (options.hidden ?? []).filter((secret) => !JSON.stringify(sample).includes(secret));
  if (rule.store === 'filtered')
    for (const secret of hidden) if (text.includes(secret)) wrong.push(`${nameOf(route)} shows ${secret} to another store`);
  return wrong;
};

/** Whether it makes sense or not: it was looked at. */
const isLetIn = (status: number): boolean => status !== 401 && status !== 403 && status < 500;

const isRightForOthers = ({ store }: Closed<never>, status: number): boolean => {
  if (store === 'all') return status === 403;
  if (store === 'shared') return isLetIn(status);
  // What was asked for by name is not there, or there is nothing to be done with it.
  if (store === 'filtered') return status < 400 || status === 404 || status === 409;
  return typeof store === 'function' ? status === 404 : status === 403;
};

const asker =
  (route: Route, { app, params, requests }: MatrixOptions) =>
  async (entering: Readonly<Record<string, string>>, given?: Sample): Promise<{ status: number; text: string }> => {
    const ids = { ...params, ...requests?.[nameOf(route)]?.params };
    const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(ids[name] ?? 'none'));
    const query = given?.query === undefined ? '' : `?${given.query}`;
    const json = given?.body === undefined ? {} : { body: JSON.stringify(given.body), type: 'application/json' };
    const { type, ...body } = route.upload
      ? { body: String(given?.body ?? '-'), type: route.upload.contentTypes[0] }
      : { type: '', ...json };
    const answer = await fetch(`${app.url}${path}${query}`, {
      ...{ method: route.method.toUpperCase(), headers: { ...entering, ...(type === '' ? {} : { 'content-type': type }) } },
      ...body,
    });
    // A stream of events has no end.
    if (answer.headers.get('content-type') === 'text/event-stream') {
      await answer.body?.cancel();
      return { status: answer.status, text: '' };
    }
    return { status: answer.status, text: await answer.text() };
  };
