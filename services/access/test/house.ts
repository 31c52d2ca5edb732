import { type Answer, accessWorld, type Browser, bearerOf, claimsIn, enrolIn, minuteMs, type World, welcome } from './world.ts';

/** Somebody who is in, with a browser of his own. */
export interface Member {
  readonly id: string;
  readonly email: string;
  readonly who: Browser;
}

/** Access after its first start. */
export interface House extends World {
  /** The first administrator. Her token is good for as long as tests take; her session ends as all others do. */
  readonly anna: { readonly id: string; readonly bearer: string; readonly who: Browser };
  /** As Anna, unless other headers are given. */
  api(method: string, path: string, body?: object, headers?: Record<string, string>): Promise<Answer>;
  /** Somebody who has been invited and has come in: a viewer of all stores unless told otherwise. */
  somebody(about?: object): Promise<Member>;
  /** As if so many attempts had gone wrong already: each of them takes a tenth of a second. */
  hasFailed(subject: string, failures: number): Promise<void>;
}

export const accessHouse = async (settings: Record<string, string> = {}): Promise<House> => {
  const world = await accessWorld(settings);
  const admin = world.browser();
  await welcome(admin, world.shown[0] ?? '', { name: 'Anna Lindqvist', email: 'anna@example.com' });
  await enrolIn(admin, world.clock);
  // Tokens are checked by the real clock.
  world.clock.pass(25 * minuteMs);
  const bearer = await bearerOf(admin);
  const anna = { id: String(claimsIn(bearer).sub).slice('person:'.length), bearer, who: admin };
  const api: House['api'] = async (method, path, body, headers = { authorization: bearer }) => {
    const response = await fetch(`${world.app.url}${path}`, {
      method,
      headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };
  let invited = 0;
  return {
    ...{ ...world, anna, api },
    somebody: async (about = {}) => {
      const usual = { email: `somebody-${++invited}@example.com`, name: 'Some Body', role: 'viewer', permissions: [], stores: '*' };
      const { body } = await api('POST', '/people', { ...usual, ...about });
      const who = world.browser();
      await welcome(who, body.link, {});
      return { id: body.person.id, email: body.person.email, who };
    },
    hasFailed: async (subject, failures) => {
      await world.app.database.query(
        `insert into sign_in_attempt (subject, failures, locks, last_at) values ($1, $2, 0, $3) on conflict (subject) do update set failures = $2`,
        [subject, failures, world.clock.now().toISOString()],
      );
    },
  };
};
