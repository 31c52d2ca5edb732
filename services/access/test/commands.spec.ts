import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generateKey, keyRing, rotate } from '@orderbus/service-kit';
import { wayIn } from '../src/link/way-in.ts';
import { sealedColumns } from '../src/store/sealed-columns.ts';
import { rotateSigningKeys } from '../src/store/signing-keys.ts';
import { accessWorld, enrolIn, good, signIn, type World, welcome } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await accessWorld();
});
afterAll(() => world.stop());

const run = (program: string, args: readonly string[], env: Record<string, string>) =>
  new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const path = fileURLToPath(new URL(`../src/${program}/main.ts`, import.meta.url));
    const all = { PATH: process.env.PATH, DATABASE_URL: world.urls.DATABASE_URL, ...env };
    execFile(process.execPath, [path, ...args], { env: all }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });

/** What the program does, without a process of its own. */
const wayInFor = (email: string | undefined, resetAuthenticator = false) => {
  const { database, audit } = world.app;
  return wayIn(
    { database, audit, clock: world.clock, settings: { publicUrl: () => world.app.url, linkKeptMs: 60_000 } },
    email,
    resetAuthenticator,
  );
};

describe('npm run access:link', () => {
  test('makes the first administrator when there is nobody', async () => {
    const { code, stdout } = await run('link', [], { PUBLIC_URL: world.app.url });
    expect([code, stdout]).toEqual([0, expect.stringContaining('lets in the first administrator, once')]);
    expect((await welcome(world.browser(), world.shown[0] ?? '', { name: 'Mallory', email: 'm@example.com' })).status).toBe(410);
    const who = world.browser();
    expect((await welcome(who, stdout, { name: 'Anna', email: 'anna@example.com' })).status).toBe(200);
    await enrolIn(who, world.clock);
  });

  test('lets in who is locked out, with another authenticator if he needs one, and is on record', async () => {
    for (let n = 0; n < 10; n++) await signIn(world.browser(), 'anna@example.com', 'wrong');
    expect((await signIn(world.browser(), 'anna@example.com')).status).toBe(429);
    const { link, forWhom } = await wayInFor(undefined, true);
    expect(forWhom).toBe('Anna');
    const who = world.browser();
    expect((await welcome(who, link, { password: 'Blue-Anchor-12-nets' })).body).toEqual({ next: '/enrolment' });
    expect((await welcome(world.browser(), link, { password: 'Blue-Anchor-13-nets' })).status).toBe(410);
    expect((await signIn(world.browser(), 'anna@example.com', good)).status).toBe(401);
    const [entry] = await world.app.database.query<{ reason: string; subjects: string[] }>(
      `select reason, subjects from audit_log where action = 'link.made' order by seq desc limit 1`,
    );
    expect(entry).toEqual({ reason: 'reset of the authenticator', subjects: [expect.stringMatching(/^person:/)] });
  });

  test('does not guess who is meant', async () => {
    await expect(wayInFor('nobody@example.com')).rejects.toMatchObject({ code: 'link.for-whom' });
    expect((await wayInFor('Anna@example.com')).forWhom).toBe('Anna');
  });
});

test('npm run keys:rotate:tokens shows the next key, which signs in ten minutes, and makes no third', async () => {
  const shown = async () =>
    ((await (await fetch(`${world.app.url}/.well-known/jwks.json`)).json()) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
  const [present] = await shown();
  const env = { ORDERBUS_KEYS: world.keys };
  const { stdout } = await run('rotate-token-keys', [], env);
  const [, next] = /^The key (\w+) signs from /.exec(stdout) ?? [];
  world.clock.pass(6_000);
  expect(await shown()).toEqual([present, next]);
  expect(await rotateSigningKeys(world.app.database, world.ring, world.clock.now(), 0)).toBeUndefined();
});

test('a new data key seals anew what access keeps: then the old one can go', async () => {
  const fresh = `k2:${generateKey()}`;
  const { database } = world.app;
  const results = await rotate({ database, ring: keyRing(`${fresh},${world.keys}`), columns: sealedColumns, everyMs: 50 });
  expect(results.map(({ sealed, unopened }) => [sealed, unopened.size])).toEqual([
    [2, 0],
    [0, 0],
    [1, 0],
  ]);
  for (const { table, column, contextOf } of sealedColumns)
    for (const { id, sealed } of await database.query<{ id: string; sealed: string }>(
      `select id::text as id, ${column} as sealed from ${table} where ${column} is not null`,
    ))
      expect(keyRing(fresh).open(sealed, contextOf(id))).toBeTruthy();
});
