import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@orderbus/testkit';
import { accountSubject } from '../src/store/attempts.ts';
import { accessHouse, type House } from './house.ts';
import { bearerOf, better, claimsIn, enrolIn, hourMs, signIn, tokenIn, welcome } from './world.ts';

let house: House;

beforeAll(async () => {
  house = await accessHouse();
});
afterAll(() => house.stop());

describe('the audit log', () => {
  const entriesOf = async (subject: string) =>
    (
      (await house.api('GET', `/audit?limit=200&subject=${subject}`)).body.items as {
        action: string;
        outcome: string;
        reason: string;
        actor: string;
        address: string;
      }[]
    ).toReversed();

  test('holds who came in, who failed, who was locked, and who ended what', async () => {
    const { id, email, who } = await house.somebody();
    await who.send('/sign-out', {});
    await house.hasFailed(accountSubject(email), 8);
    for (let n = 0; n < 2; n++) await signIn(house.browser(), email, better);
    await house.api('POST', `/people/${id}/unlock`);
    await signIn(who, email);
    await who.send('/account/sessions/end', { session: 'others' });
    await house.api('POST', `/people/${id}/disable`, { reason: 'left the company' });
    // What became of it is written behind the answer.
    const entries = await eventually(async () => {
      const found = await entriesOf(`person:${id}`);
      expect(found.at(-1)).toMatchObject({ action: 'postPeopleByPersonIdDisable', outcome: 'done' });
      return found;
    });
    const happened = entries.filter(({ outcome }) => outcome !== 'asked').map(({ action, outcome, reason }) => [action, outcome, reason]);
    expect(happened).toEqual([
      ['person.signed-in', 'done', 'link'],
      ['link.used', 'done', null],
      ['person.signed-out', 'done', null],
      ...Array(2).fill(['person.sign-in-failed', 'refused', 'password']),
      ['person.locked', 'done', 'too many wrong attempts'],
      ['postPeopleByPersonIdUnlock', 'done', null],
      ['person.signed-in', 'done', 'password'],
      ['person.session-ended', 'done', 'others'],
      ['postPeopleByPersonIdDisable', 'done', 'left the company'],
    ]);
    expect(entries[0]).toMatchObject({ actor: `person:${id}`, address: expect.stringMatching(/^198\.18\./) });
  });

  test('does not hold what was typed in as an address: it may be a password', async () => {
    const typed = 'My-Secret-Password-1';
    await signIn(house.browser(), typed, 'x');
    const { items } = (await house.api('GET', '/audit?limit=200&actor=person:unknown&action=person.sign-in-failed')).body;
    expect(items.length).toBeGreaterThan(0);
    expect(JSON.stringify(items)).not.toContain(typed);
  });
});

describe('one of the staff', () => {
  test('is let in by a link that is good once and for a day, and replaced by the next one', async () => {
    const invitation = { email: 'late@example.com', name: 'La Te', role: 'viewer', permissions: [], stores: ['store-1'] };
    const { status, body } = await house.api('POST', '/people', invitation);
    expect([status, body.person.state]).toEqual([201, 'invited']);
    expect(await house.api('POST', '/people', { ...invitation, email: 'LATE@example.com' })).toMatchObject({
      status: 409,
      body: { code: 'person.address-taken' },
    });
    const second = await house.api('POST', `/people/${body.person.id}/link`);
    expect((await welcome(house.browser(), body.link, {})).status).toBe(410);
    house.clock.pass(24 * hourMs);
    expect((await welcome(house.browser(), second.body.link, {})).status).toBe(410);
    const third = await house.api('POST', `/people/${body.person.id}/link`);
    const who = house.browser();
    await who.open('/welcome');
    expect((await who.send('/welcome/look', { token: tokenIn(third.body.link) })).body.welcome).toEqual({ kind: 'person', name: 'La Te' });
    expect((await welcome(who, third.body.link, {})).body).toEqual({ next: '/account' });
    expect((await welcome(house.browser(), third.body.link, {})).status).toBe(410);
    expect(claimsIn(await bearerOf(who, 'order'))).toMatchObject({ aud: 'order', permissions: ['read'], stores: ['store-1'] });
  });

  test('without manage-access reads and changes nobody', async () => {
    const { who, id } = await house.somebody({ role: 'operator' });
    const bearer = await bearerOf(who);
    for (const path of ['/people', `/people/${id}`, '/api-keys', '/access-review', '/access-review.csv', `/people/${id}/sessions`])
      expect((await house.api('GET', path, undefined, { authorization: bearer })).status).toBe(403);
    for (const [path, body] of [
      ['/people', { email: 'y@example.com', name: 'Y', role: 'viewer', permissions: [], stores: '*' }],
      [`/people/${id}/disable`, { reason: 'x' }],
      [`/people/${id}/unlock`, undefined],
    ] as const)
      expect((await house.api('POST', path, body, { authorization: bearer })).status).toBe(403);
  });

  test('who manages access gives nothing that he has not, and does not raise himself', async () => {
    const manager = await house.somebody({ role: 'viewer', permissions: ['manage-access'] });
    await enrolIn(manager.who, house.clock);
    const bearer = await bearerOf(manager.who);
    const invite = (rights: object) =>
      house.api(
        'POST',
        '/people',
        { email: `n-${Math.random()}@example.com`, name: 'N', permissions: [], stores: '*', ...rights },
        { authorization: bearer },
      );
    expect(await invite({ role: 'operator' })).toMatchObject({ status: 403, body: { code: 'access.more-than-own' } });
    expect((await invite({ role: 'viewer', permissions: ['see-buyer-data'] })).status).toBe(403);
    expect((await invite({ role: 'viewer', permissions: ['manage-access'], stores: ['store-1'] })).status).toBe(409);
    const { body } = await invite({ role: 'viewer' });
    expect(await house.api('PATCH', `/people/${body.person.id}`, { role: 'admin' }, { authorization: bearer })).toMatchObject({
      status: 403,
    });
    expect(await house.api('PATCH', `/people/${manager.id}`, { role: 'admin' }, { authorization: bearer })).toMatchObject({
      status: 403,
      body: { code: 'access.own-access' },
    });
    // A link for somebody who may more would be a way to become him.
    for (const [path, reason] of [['link'], ['reset-authenticator', 'x'], ['unlock']] as const)
      expect(
        (await house.api('POST', `/people/${house.anna.id}/${path}`, reason ? { reason } : undefined, { authorization: bearer })).status,
      ).toBe(403);
  });

  test('who is the last to manage access stays, also when two go for each other at once', async () => {
    const one = await house.somebody({ role: 'admin', permissions: ['see-buyer-data', 'refund', 'manage-access'] });
    await enrolIn(one.who, house.clock);
    const everyone = (await house.api('GET', '/people?limit=200')).body.items as { id: string; permissions: string[]; state: string }[];
    for (const { id, permissions, state } of everyone)
      if (permissions.includes('manage-access') && state === 'enabled' && id !== house.anna.id && id !== one.id)
        expect((await house.api('POST', `/people/${id}/disable`, { reason: 'tidying up' })).status).toBe(200);
    const [mine, his] = [house.anna.bearer, await bearerOf(one.who)];
    const both = await Promise.all([
      house.api('POST', `/people/${one.id}/disable`, { reason: 'x' }, { authorization: mine }),
      house.api('POST', `/people/${house.anna.id}/disable`, { reason: 'x' }, { authorization: his }),
    ]);
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
    const managers = (
      (await house.api('GET', '/people?limit=200&state=enabled', undefined, { authorization: both[0]?.status === 200 ? mine : his })).body
        .items as typeof everyone
    ).filter(({ permissions }) => permissions.includes('manage-access'));
    expect(managers).toHaveLength(1);
  });
});
