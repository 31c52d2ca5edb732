import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@orderbus/testkit';
import type { Route } from 'playwright-core';
import { type Desk, type Office, openOffice } from './desk.ts';
import { isThere } from './look.ts';

const merchantsOwn = { fulfilledBy: 'MERCHANT', fulfillmentStatus: 'UNSHIPPED', programs: [], marketplaceId: 'A1PA6795UKMFR9' };

const quietMs = 3_000;

/** What happens may happen while a page asks for something, before it listens, or without its hearing of it. */
describe('a page that is open', () => {
  let office: Office;
  let desk: Desk;

  beforeAll(async () => {
    office = await openOffice();
  }, 600_000);
  afterEach(async () => {
    expect(desk.complaints.splice(0)).toEqual([]);
    await desk.context.close();
  });
  afterAll(() => office?.close());

  const processing = async () => {
    const [amazonOrderId = ''] = await office.shop.sell({ ...merchantsOwn, lines: [{ sku: 'SKU-TOWEL-3', quantity: 1 }] });
    await office.shop.sync();
    return eventually(async () => {
      const order = await office.shop.order(amazonOrderId);
      expect(order).toMatchObject({ state: 'processing', billed: [{ canceled: false }] });
      return order;
    });
  };
  /** The buyer wants to cancel it, and everybody has heard of that: the services, and every page that listens. */
  const isHeld = async ({ id, amazonOrderId }: { readonly id: string; readonly amazonOrderId: string }): Promise<void> => {
    const listener = await listening();
    await office.shop.happens(amazonOrderId, { requestCancellation: { reason: 'ORDERED_BY_MISTAKE' } });
    await office.shop.sync();
    await eventually(async () => {
      expect(await office.shop.order(amazonOrderId)).toMatchObject({ state: 'held' });
      expect((await office.shop.get('fulfillment', `/orders/${id}/shipping`)).ship).toMatchObject({ allowed: false });
    });
    await eventually(() => expect(listener.heard(id)).toEqual(expect.arrayContaining(['order.held', 'order.attention_raised'])));
    // What follows from that is told, too: nothing more comes that the page could hear later.
    await eventually(() => expect(listener.silentMs()).toBeGreaterThan(quietMs));
    listener.leave();
  };
  /** Somebody whose page has been open all along. */
  const listening = async () => {
    const leaving = new AbortController();
    const { url } = office.shop.system;
    const answer = await fetch(`${url}/api/live`, { headers: { cookie: office.shop.admin.cookie }, signal: leaving.signal });
    let text = '';
    let lastAt = performance.now();
    void (async () => {
      for await (const chunk of answer.body ?? []) {
        text += Buffer.from(chunk).toString('utf8');
        lastAt = performance.now();
      }
    })().catch(() => {});
    await eventually(() => expect(text).toContain('retry: '));
    return {
      heard: (orderId: string): string[] =>
        [...text.matchAll(/^data: (.+"aggregateId".+)$/gm)]
          .map(([, json = '']) => JSON.parse(json))
          .flatMap((event) => (event.orderId === orderId ? [event.type] : [])),
      silentMs: () => performance.now() - lastAt,
      leave: () => leaving.abort(),
    };
  };
  const showsIt = () => desk.page.getByRole('button', { name: 'Accept the cancellation' }).waitFor();
  /** Holds what is asked under this address until it is let go. */
  const held = async (url: RegExp, answer: (route: Route) => Promise<() => Promise<void>>) => {
    const { promise: isAsked, resolve: asked } = Promise.withResolvers<void>();
    const { promise: isLetGo, resolve: letGo } = Promise.withResolvers<void>();
    await desk.page.route(
      url,
      async (route) => {
        const goOn = await answer(route);
        asked();
        await isLetGo;
        await goOn();
      },
      { times: 1 },
    );
    return { isAsked, letGo };
  };

  test('shows what happened before it began to listen', async () => {
    const order = await processing();
    desk = await office.sit();
    const stream = await held(/\/api\/live/, async (route) => () => route.continue());
    await desk.page.goto(`/orders/${order.id}`);
    await desk.page.getByText('Processing').first().waitFor();
    await stream.isAsked;
    await isHeld(order);
    stream.letGo();
    await showsIt();
  });

  test('shows what happened while it was being answered', async () => {
    const order = await processing();
    desk = await office.sit();
    const first = await held(new RegExp(`/api/services/order/orders/${order.id}(\\?|$)`), async (route) => {
      const response = await route.fetch();
      return () => route.fulfill({ response });
    });
    await desk.page.goto(`/orders/${order.id}`);
    await first.isAsked;
    await isHeld(order);
    first.letGo();
    await showsIt();
  });

  test('shows what happened though it hears of nothing, within half a minute', async () => {
    const order = await processing();
    desk = await office.sit();
    await desk.page.clock.install();
    await desk.page.route('**/api/live*', () => {});
    await desk.page.goto(`/orders/${order.id}`);
    await desk.page.getByText('Processing').first().waitFor();
    await isHeld(order);
    await desk.page.clock.fastForward(30_000);
    await showsIt();
  });

  test('loads a part again that was lost on its way', async () => {
    const { page } = await isOpen();
    let asked = 0;
    await page.route(partThatHelps, (route) => (++asked === 1 ? route.abort() : route.continue()));
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    expect(asked).toBeGreaterThan(1);
    expectLost();
  });

  test('is loaded anew, once, when its parts are gone with their release', async () => {
    const { page } = await isOpen();
    let loads = 0;
    page.on('load', () => loads++);
    await page.route(partThatHelps, (route) => route.fulfill({ status: 404 }));
    await page.keyboard.press('?');
    await eventually(() => expect(loads).toBe(1));
    await isThere(page);
    await page.unroute(partThatHelps);
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    expect(loads).toBe(1);
    expectLost();
  });

  const partThatHelps = '**/assets/KeyboardHelp-*.js';
  const isOpen = async (): Promise<Desk> => {
    desk = await office.sit();
    await desk.page.goto('/orders');
    await isThere(desk.page);
    return desk;
  };
  /** That something did not come is said on the browser's console, too. */
  const expectLost = (): void => {
    const complaints = desk.complaints.splice(0);
    expect(complaints.length).toBeGreaterThan(0);
    expect(complaints.filter((complaint) => !complaint.includes('Failed to load resource'))).toEqual([]);
  };
});
