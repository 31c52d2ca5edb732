import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, answerOf, askWith, authorized, told } from './http.ts';
import { type ServiceName, serviceNames } from './installation.ts';
import { type CapturedLogs, captureLogs } from './logs.ts';
import { type Operation, operationsOf } from './operations.ts';
import { openShop, type Shop } from './shop.ts';

const storeId = /^[A-Za-z0-9][\w-]{0,39}$/;

/** Every route of every service, from the documents they publish themselves: a new route is covered by being there. */
describe('bad input', () => {
  let shop: Shop;
  let logs: CapturedLogs;
  const operations = new Map<ServiceName, readonly Operation[]>();

  beforeAll(async () => {
    logs = captureLogs();
    shop = await openShop();
    for (const service of serviceNames) {
      // Some routes are for people alone.
      askWith(await shop.admin.bearer(service), shop.urlOf(service));
      operations.set(service, operationsOf(await told('GET', `${shop.urlOf(service)}/openapi.json`)));
    }
  });
  afterAll(async () => {
    await shop?.stop();
    logs.release();
  });

  interface Attempt {
    readonly title: string;
    readonly method: string;
    readonly url: string;
    readonly body?: string;
    readonly contentType?: string;
  }

  /** Makes the attempts on every operation and collects what is not as it should be. */
  const complaints = async (
    attemptsOn: (operation: Operation) => readonly Omit<Attempt, 'title' | 'method'>[],
    complaintAbout: (answer: Answer, attempt: Attempt) => string | undefined,
  ): Promise<{ made: number; complaints: string[] }> => {
    const attempts = [...operations].flatMap(([service, all]) =>
      all.flatMap((operation) =>
        attemptsOn(operation).map((attempt): Attempt => {
          const { method, path } = operation;
          const title = `${service}: ${method} ${path} as ${attempt.url.slice(0, 80)} ${attempt.body?.slice(0, 80) ?? ''}`;
          return { ...operation.file, ...attempt, method, title, url: shop.urlOf(service) + attempt.url };
        }),
      ),
    );
    const found: string[] = [];
    const left = [...attempts];
    const some = async (): Promise<void> => {
      for (let attempt = left.pop(); attempt !== undefined; attempt = left.pop()) {
        const { method, url, body, contentType = 'application/json' } = attempt;
        const given = body === undefined ? {} : { body, headers: { 'content-type': contentType } };
        const answer = await answerOf(await fetch(url, { method, ...given, headers: { ...authorized(url), ...given.headers } }));
        const complaint = complaintAbout(answer, attempt) ?? complaintAboutForm(answer);
        if (complaint !== undefined) found.push(`${attempt.title}: ${complaint}`);
      }
    };
    await Promise.all(Array.from({ length: 8 }, some));
    return { made: attempts.length, complaints: found };
  };

  const complaintAboutForm = ({ type, body, status }: Answer): string | undefined => {
    if (status < 300) return undefined;
    if (!type.startsWith('application/problem+json')) return `${status} is no problem+json but ${type}`;
    if (body.status !== status || typeof body.code !== 'string' || typeof body.title !== 'string')
      return `a poor problem ${JSON.stringify(body)}`;
    return undefined;
  };

  const refused =
    (statuses: readonly number[], field?: string) =>
    ({ status, body }: Answer): string | undefined => {
      const named = (body.errors ?? []).map((issue: { field: string }) => issue.field);
      if (!statuses.includes(status)) return `${status} ${JSON.stringify(body)}`;
      return field === undefined || named.some((name: string) => name.split('.')[0] === field)
        ? undefined
        : `${field} is not named: ${JSON.stringify(body)}`;
    };

  test('as a query parameter that nobody knows is refused, and named', async () => {
    const { made, complaints: found } = await complaints(
      (operation) => [{ url: `${operation.url()}?nonsense=1` }],
      refused([400], 'nonsense'),
    );
    expect(found).toEqual([]);
    expect(made).toBeGreaterThan(40);
  });

  test('as a query parameter with a wrong value is refused, and named', async () => {
    for (const name of new Set([...operations.values()].flat().flatMap(({ query }) => query.map((parameter) => parameter.name)))) {
      const wrong = ({ url, query }: Operation) =>
        query
          .filter((parameter) => parameter.name === name)
          .flatMap(({ wrong }) => wrong.map((value) => ({ url: `${url()}?${name}=${value}` })));
      expect((await complaints(wrong, refused([400], name))).complaints).toEqual([]);
    }
  });

  test('as a path is refused, or leads nowhere', async () => {
    const odd = [
      'not-an-id',
      '%00',
      'a%00b',
      '%FF',
      '%F0%9F%A6%9C',
      "'%20or%201=1--",
      '..%2f..%2fetc',
      '-1',
      '0',
      '99999999999999999999',
      'x'.repeat(3_000),
    ];
    const { complaints: found } = await complaints(
      ({ hasParams, path, url, acceptable }) => {
        // The rules of a store may be set before anything is known of it.
        const wrong = path.includes('{tenant}') ? odd.filter((value) => !storeId.test(value)) : odd;
        return hasParams ? wrong.map((value) => ({ url: url(value), ...acceptable })) : [];
      },
      // Who may not do it is told so before anything else.
      refused([400, 403, 404]),
    );
    expect(found).toEqual([]);
  });

  test('as a body is refused, and the field is named', async () => {
    const bodies = ['{}', '[]', 'null', '7', '"text"', '{"nonsense": true}', '[{"nonsense": true}]', '[null]'];
    const { made, complaints: found } = await complaints(
      ({ hasBody, acceptable, url }) =>
        hasBody ? bodies.filter((body) => body !== acceptable.body).map((body) => ({ url: url(), body })) : [],
      (answer) =>
        refused([400])(answer) ??
        ((answer.body.errors?.[0]?.field ?? '') === '' ? `no field is named: ${JSON.stringify(answer.body)}` : undefined),
    );
    expect(found).toEqual([]);
    expect(made).toBeGreaterThan(40);
  });

  test('as something that is no JSON, not ours to read, or too much of it, is refused', async () => {
    const { complaints: found } = await complaints(
      (operation) =>
        operation.hasBody
          ? [
              { url: operation.url(), body: '{"broken": ' },
              { url: operation.url(), body: 'a=1', contentType: 'application/x-www-form-urlencoded' },
              { url: operation.url(), body: JSON.stringify(['x'.repeat(300_000)]) },
            ]
          : [],
      (answer, { body, contentType }) => refused([contentType ? 415 : (body?.length ?? 0) > 100_000 ? 413 : 400])(answer),
    );
    expect(found).toEqual([]);
  });

  test('as a text that no database can keep is refused', async () => {
    const { complaints: found } = await complaints(
      ({ url, query, text }) => [
        ...query.filter(({ isText }) => isText).map(({ name }) => ({ url: `${url()}?${name}=a%00b` })),
        ...text.map((body) => ({ url: url(), body })),
      ],
      refused([400, 404]),
    );
    expect(found).toEqual([]);
  });

  test('as a number that is larger than anything is no reason to fail', async () => {
    const { complaints: found } = await complaints(
      ({ url, query }) =>
        query.filter(({ isNumber }) => isNumber).map(({ name }) => ({ url: `${url('1')}?${name}=${Number.MAX_SAFE_INTEGER}` })),
      refused([200, 400, 404]),
    );
    expect(found).toEqual([]);
  });

  test('never makes a service say that the mistake is its own', () => {
    expect(logs.lines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });
});
