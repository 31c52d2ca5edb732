import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { brokerKinds, eventually, type TestVhost, testVhost } from '@orderbus/testkit';
import type { Locator } from 'playwright-core';
import { told } from '../http.ts';
import { query } from '../sql.ts';
import { type Desk, type Office, openOffice } from './desk.ts';

const germany = 'A1PA6795UKMFR9';
const towel = 'SKU-TOWEL-3';

/** What a seller does from morning to evening, in his browser, on everything that is behind it. */
describe.each(brokerKinds())("a seller's day, on the %s broker", (kind) => {
  let office: Office;
  let vhost: TestVhost | undefined;
  let desk: Desk;

  beforeAll(async () => {
    vhost = kind === 'rabbit' ? await testVhost() : undefined;
    office = await openOffice({ brokerUrl: vhost?.url, brokerManagementUrl: vhost?.managementUrl });
    desk = await office.sit();
  });
  afterEach(() => expect(desk.complaints.splice(0)).toEqual([]));
  afterAll(async () => {
    await office?.close();
    await vhost?.drop();
  });

  const sell = async (wish: object = {}): Promise<string> => {
    const order = { fulfilledBy: 'MERCHANT', fulfillmentStatus: 'UNSHIPPED', programs: [], marketplaceId: germany };
    const [amazonOrderId = ''] = await office.shop.sell({ ...order, lines: [{ sku: towel, quantity: 1 }], ...wish });
    await office.shop.sync();
    return amazonOrderId;
  };
  /** It is in, its stock is set aside, and it has its invoice. */
  const ready = async (wish: object = {}) => {
    const amazonOrderId = await sell(wish);
    return eventually(async () => {
      const order = await office.shop.order(amazonOrderId);
      expect(order).toMatchObject({ state: 'processing', billed: [{ canceled: false }] });
      expect((await office.shop.get('fulfillment', `/orders/${order.id}/shipping`)).ship).toEqual({ allowed: true });
      return order;
    });
  };
  const button = (name: string | RegExp, within: Pick<Locator, 'getByRole'> = desk.page): Locator =>
    within.getByRole('button', { name, exact: typeof name === 'string' });
  const dialog = (): Locator => desk.page.getByRole('dialog');
  const sees = (text: string | RegExp): Promise<void> => desk.page.getByText(text).first().waitFor();
  /** The dialog has done what it was for. */
  const isDone = (): Promise<void> => dialog().waitFor({ state: 'detached' });

  describe('an order from its sale to its refund', () => {
    let order: { id: string; number: string; amazonOrderId: string };

    test('appears by itself on Today, with its stock set aside', async () => {
      const before = await office.shop.get('fulfillment', `/stock/${towel}`);
      await desk.page.goto('/');
      await desk.page.getByRole('heading', { name: 'Recent orders' }).waitFor();
      const amazonOrderId = await sell({ lines: [{ sku: towel, quantity: 3 }] });
      const link = desk.page.getByTitle(amazonOrderId);
      await link.waitFor();
      await eventually(async () => {
        order = await office.shop.order(amazonOrderId);
        expect(order).toMatchObject({ state: 'processing', billed: [{ canceled: false }] });
      });
      expect(await link.textContent()).toBe(`#${order.number}`);
      expect((await office.shop.get('fulfillment', `/stock/${towel}`)).reserved).toBe(before.reserved + 3);
      await link.click();
      await desk.page.getByRole('heading', { level: 1, name: new RegExp(order.number) }).waitFor();
      await sees('Processing');
    });

    test('leaves in two packages, and Amazon accepts both', async () => {
      await button('Ship').click();
      await button('Add a package', dialog()).click();
      for (const [index, number] of ['JD000000000001', 'JD000000000002'].entries()) {
        await dialog().getByLabel('Tracking number').nth(index).fill(number);
        await dialog().getByLabel('Carrier').nth(index).fill('dhl');
      }
      await sees(/package 2, 1 unit by dhl, JD000000000002/);
      await button('Ship 2 packages', dialog()).click();
      await isDone();
      await desk.page.getByRole('tab', { name: /^Shipments/ }).click();
      await eventually(async () => expect(await desk.page.getByText('Accepted', { exact: true }).count()).toBe(2));
      const { entries } = await told(
        'GET',
        `${office.shop.sandboxUrl}/sandbox/ledger?orderId=${order.amazonOrderId}&operation=confirmShipment`,
      );
      expect(entries.map(({ effect }: { effect: string }) => effect)).toEqual(['created', 'created']);
      await office.shop.sync();
      await sees('Complete');
    });

    test('has an invoice that opens', async () => {
      await desk.page.getByRole('tab', { name: /^Money/ }).click();
      const link = desk.page.getByRole('link', { name: /PDF/ }).first();
      const path = await link.getAttribute('href');
      expect(await link.getAttribute('target')).toBe('_blank');
      const answer = await desk.context.request.get(path ?? '');
      expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'application/pdf']);
      expect((await answer.body()).subarray(0, 5).toString()).toBe('%PDF-');
    });

    test('gives back a part of the money, Amazon pays it, and the books know', async () => {
      await button('Refund').first().click();
      await dialog()
        .getByRole('textbox', { name: /^Given back: / })
        .fill('1');
      const give = button(/^Give back .*\d/, dialog());
      await eventually(async () => expect(await give.getAttribute('aria-disabled')).toBe('false'));
      await give.click();
      await isDone();
      const memos = desk.page.locator('section', { has: desk.page.getByRole('heading', { name: 'Credit memos' }) });
      await memos.getByText(/^(Amazon pays it|Paid)$/).waitFor();
      const { entries } = await told('GET', `${office.shop.sandboxUrl}/sandbox/ledger?orderId=${order.amazonOrderId}`);
      expect(entries.filter(({ effect }: { effect: string }) => effect === 'refunded')).toHaveLength(1);
      const [memo] = (await office.shop.get('billing', `/credit-memos?orderId=${order.id}`)).items;
      await sees(new RegExp(`^Credit memo ${memo.number}`));
    });
  });

  const open = (order: { id: string }, search = ''): Promise<unknown> => desk.page.goto(`/orders/${order.id}${search}`);
  const becomes = (amazonOrderId: string, state: string) =>
    eventually(async () => {
      await office.shop.sync();
      expect(await office.shop.order(amazonOrderId)).toMatchObject({ state });
    });

  test('an order is canceled when Amazon agrees, and then it says so by itself', async () => {
    const order = await ready();
    await open(order, '?do=cancel');
    await sees('is asked to cancel the whole order');
    await button('Ask Amazon to cancel it', dialog()).click();
    await isDone();
    await becomes(order.amazonOrderId, 'canceled');
    await sees('Canceled');
  });

  test('an order that Amazon does not cancel stays, with what Amazon said', async () => {
    const order = await ready();
    await told('POST', `${office.shop.sandboxUrl}/sandbox/faults`, { kind: 'missing-from-list', orderIds: [order.amazonOrderId] });
    await office.shop.happens(order.amazonOrderId, { fulfillmentStatus: 'SHIPPED' });
    await open(order, '?do=cancel');
    await button('Ask Amazon to cancel it', dialog()).click();
    await isDone();
    await sees('Amazon refused to cancel: Everything has been shipped: refund the order instead.');
    await told('DELETE', `${office.shop.sandboxUrl}/sandbox/faults`);
  });

  test('an order that lacks stock says which, and goes on when it is added', async () => {
    const amazonOrderId = await sell({ lines: [{ sku: 'SKU-CLOCK-WALL', quantity: 2 }] });
    const order = await eventually(async () => {
      const found = await office.shop.order(amazonOrderId);
      expect(found).toMatchObject({ state: 'blocked' });
      return found;
    });
    await open(order);
    await sees('Stock is missing: 2 of SKU-CLOCK-WALL wanted, 0 in stock.');
    await button('Add stock').click();
    await dialog().getByLabel('Change by').fill('2');
    await dialog().getByLabel('Reason').fill('delivery');
    await button('Correct the stock', dialog()).click();
    await sees('The stock of SKU-CLOCK-WALL is corrected.');
    await open(order);
    await sees('Processing');
    await desk.page.getByText(/^Stock is missing: 2 of/).waitFor({ state: 'detached' });
  });

  test.each([
    ['accepted', 'Accept and cancel', 'Accept, and ask Amazon', 'canceled', 'Canceled'],
    ['declined', 'Decline', 'Decline, and go on', 'processing', 'Processing'],
  ])("a buyer's wish to cancel is shown with its reason, and can be %s", async (_, first, then, state, word) => {
    const order = await ready();
    await open(order);
    await office.shop.happens(order.amazonOrderId, { requestCancellation: { reason: 'ORDERED_BY_MISTAKE' } });
    await office.shop.sync();
    await sees('The buyer asked to cancel this order, which was a mistake.');
    await button(first).click();
    await button(then, dialog()).click();
    await isDone();
    await becomes(order.amazonOrderId, state);
    await sees(word);
  });

  test('a message that died is sent again when its cause is gone, and takes effect; one of which no event tells is seen, too', async () => {
    const amazonOrderId = await sell({ fulfillmentStatus: 'PENDING' });
    const breaks = `alter table billing.invoice add constraint a_bug check (amazon_order_id <> '${amazonOrderId}') not valid`;
    await query(office.shop.databaseUrl, breaks);
    await desk.page.goto('/dead-letters');
    await sees('No dead letters');
    await office.shop.happens(amazonOrderId, { fulfillmentStatus: 'UNSHIPPED' });
    await office.shop.sync();
    await sees('1 message at billing: order.created.v1');
    await sees(/a_bug/);
    await query(office.shop.databaseUrl, 'alter table billing.invoice drop constraint a_bug');
    await button('Send again').click();
    await button('Send again', dialog()).click();
    await isDone();
    await sees('No dead letters');
    await eventually(async () => expect(await office.shop.order(amazonOrderId)).toMatchObject({ billed: [{ canceled: false }] }));
    await desk.page.route('**/api/live*', () => {});
    await desk.page.reload();
    await sees('No dead letters');
    await query(office.shop.databaseUrl, `update billing.dead_letter set status = 'open' where topic = 'order.created.v1'`);
    await sees('1 message at billing: order.created.v1');
  });
});
