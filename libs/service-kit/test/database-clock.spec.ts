import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type Database, openDatabase, provision } from '@orderbus/outbox';
import { eventually, type TestDatabase, testDatabase } from '@orderbus/testkit';
import { createLog, type Log } from '../src/log.ts';
import { databaseClock } from '../src/service/database-clock.ts';

const hourMs = 3_600_000;
const everyMs = 20;

let server: TestDatabase;
let database: Database;
let said: string[] = [];
const running: { stop(): Promise<void> }[] = [];
const rightNow = Date.now;

beforeAll(async () => {
  server = await testDatabase();
  const urls = await provision({ adminUrl: server.url, secret: 'test', tenancies: [{ schema: 'timed', role: 'orderbus_timed' }] });
  database = openDatabase({ url: urls.timed as string, schema: 'timed', entities: [], migrations: [] });
  await database.start();
});
afterEach(async () => {
  jest.restoreAllMocks();
  for (const one of running.splice(0)) await one.stop();
  said = [];
});
afterAll(async () => {
  await database.stop();
  await server.drop();
});

const say = (_: object, words: string) => void said.push(words);
const log: Log = Object.assign(createLog({ service: 'clock', level: 'silent' }), { warn: say, info: say });

const machineIs = (aheadMs: number) => void jest.spyOn(Date, 'now').mockImplementation(() => rightNow() + aheadMs);

const follow = async () => {
  const clock = databaseClock();
  const part = clock.follow(database, log, everyMs);
  await part.start();
  running.push(part);
  return { isRight: () => Math.abs(clock.now().getTime() - rightNow()) < 5_000, aheadMs: () => clock.now().getTime() - rightNow() };
};

describe("a service's clock", () => {
  test("is the machine's while that agrees with the database's to a few seconds", async () => {
    machineIs(2_000);
    expect((await follow()).aheadMs()).toBeGreaterThan(1_900);
    expect(said).toEqual([]);
  });

  test.each([
    ['ahead', hourMs],
    ['behind', -hourMs],
  ])("is the database's where the machine's is an hour %s from the start", async (_, aheadMs) => {
    machineIs(aheadMs);
    expect((await follow()).isRight()).toBe(true);
    expect(said).toEqual(["this machine's clock is wrong: the database's is used"]);
  });

  test("believes no jump of the machine's, not for a moment, and says so", async () => {
    const { isRight } = await follow();
    machineIs(hourMs);
    expect(isRight()).toBe(true);
    await eventually(() => expect(said).toHaveLength(1));
    machineIs(0);
    expect(isRight()).toBe(true);
    await eventually(() => expect(said).toEqual([expect.stringContaining('is wrong'), expect.stringContaining('right again')]));
  });

  test("is the machine's until a database has said more", async () => {
    machineIs(hourMs);
    const clock = databaseClock();
    expect(clock.now().getTime() - rightNow()).toBeGreaterThan(hourMs - 1_000);
    const away = clock.follow({ query: async () => Promise.reject(new Error('away')) }, log, everyMs);
    await away.start();
    running.push(away);
    expect(clock.now().getTime() - rightNow()).toBeGreaterThan(hourMs - 1_000);
  });
});
