import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { accessMatrix, type TestCaller } from '@orderbus/testkit';
import { consoleWorld, fromOurPage, type World } from './world.ts';

let world: World;

beforeAll(async () => {
  world = await consoleWorld();
});
afterAll(() => world?.stop());

test('the console lets everybody do what he has been given, and nothing else', async () => {
  const { app, access } = world;
  const enter = (caller: TestCaller) => ({ cookie: access.session(caller), ...fromOurPage });
  const params = { tenant: 'store-1', orderId: randomUUID(), aggregateId: randomUUID(), id: '1' };
  const wrong = await accessMatrix({ app, access, enter, params, store: 'store-1' });
  // It has published nothing about this order: there is nothing to hide.
  expect(wrong).toEqual(['GET /events/:aggregateId as somebody of another store: 200']);
});

test('what is passed on is closed to whoever is not signed in, and to whoever may not even read', async () => {
  const path = '/api/services/order/orders';
  expect((await fetch(`${world.app.url}${path}`)).status).toBe(401);
  expect((await world.browser({ permissions: ['manage-access'] }).fetch(path)).status).toBe(403);
  expect((await world.browser({ permissions: ['read'] }).fetch(path)).status).toBe(200);
});
