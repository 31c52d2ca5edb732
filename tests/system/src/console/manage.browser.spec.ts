import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@orderbus/testkit';
import type { Locator } from 'playwright-core';
import { told } from '../http.ts';
import { type Desk, type Office, openOffice } from './desk.ts';

const germany = 'A1PA6795UKMFR9';
const towel = 'SKU-TOWEL-3';

/** What whoever runs the shop settles, and what is rarely done to an order: each pressed once, on everything that is behind it. */
describe('who runs the shop', () => {
  let office: Office;
  let desk: Desk;
  let target: Server;
  let host: string;
  const heard: string[] = [];

  beforeAll(async () => {
    target = createServer((request, response) => {
      request.resume();
      heard.push(request.url ?? '');
      response.end('thanks');
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => target.once('listening', resolve));
    host = `127.0.0.1:${(target.address() as AddressInfo).port}`;
    office = await openOffice({ environment: { WEBHOOK_ALLOWED_HOSTS: host } });
    desk = await office.sit();
  }, 600_000);
  afterEach(() => expect(desk.complaints.splice(0)).toEqual([]));
  afterAll(async () => {
    await office?.close();
    target?.close();
  });

  const button = (name: string | RegExp, within: Pick<Locator, 'getByRole'> = desk.page): Locator =>
    within.getByRole('button', { name, exact: typeof name === 'string' });
  const dialog = (name?: string | RegExp): Locator => desk.page.getByRole('dialog', name === undefined ? {} : { name }).last();
  const sees = (text: string | RegExp): Promise<void> => desk.page.getByText(text).first().waitFor();
  const send = async (within = dialog()): Promise<void> => {
    await within.locator('button[type="submit"]').click();
    await within.waitFor({ state: 'detached' });
  };
  const processing = async () => {
    const order = { fulfilledBy: 'MERCHANT', fulfillmentStatus: 'UNSHIPPED', programs: [], marketplaceId: germany };
    const [amazonOrderId = ''] = await office.shop.sell({ ...order, lines: [{ sku: towel, quantity: 2 }] });
    await office.shop.sync();
    return eventually(async () => {
      const found = await office.shop.order(amazonOrderId);
      expect(found).toMatchObject({ state: 'processing', billed: [{ canceled: false }] });
      return found;
    });
  };

  test('makes a rule, sees how a message looks, and has one sent to try it', async () => {
    await desk.page.goto('/setup/rules');
    await button('Add a rule').click();
    await dialog().getByLabel('Name').fill('Warehouse');
    await dialog().getByLabel('Way').selectOption('webhook');
    await dialog().getByLabel('Address of the hook').fill(`http://${host}/alerts`);
    await send();
    await button('Look at a message').click();
    await dialog().getByText('Subject').waitFor();
    await button('Close', dialog()).click();
    await button('Send a test').click();
    await button('Send the test', dialog()).click();
    await dialog().getByText('Sent', { exact: true }).first().waitFor();
    expect(heard).toEqual(['/alerts']);
  });

  test('makes a webhook whose secret is shown once, tries it, has what was heard sent once more, and deletes it', async () => {
    await processing();
    await desk.page.goto('/setup/webhooks');
    await button('Add a webhook').click();
    await dialog().getByLabel('Name').fill('Warehouse system');
    await dialog().getByLabel('URL').fill(`http://${host}/events`);
    await button('Make the webhook', dialog()).click();
    expect(await dialog().getByRole('textbox', { name: 'Secret' }).inputValue()).toMatch(/^whsec_/);
    await button('I have kept it').click();
    await desk.page.getByRole('row', { name: /Warehouse system/ }).click();
    const drawer = desk.page.getByRole('dialog', { name: 'Warehouse system' });
    await button('Send a test call', drawer).click();
    await drawer.getByText(/taken · answered 200/).waitFor();
    await button('New secret', drawer).click();
    await button('Make a new secret').click();
    await button('I have kept it').click();
    await button('Send once more what was heard', drawer).click();
    await desk.page.getByLabel('From').fill('2020-01-01T00:00');
    await button('Start the replay').click();
    await drawer.getByText(/^Done: [1-9]\d* of/).waitFor();
    await drawer.getByText('Delivered').first().waitFor();
    expect(heard).toContain('/events');
    await button('Delete', drawer).click();
    await desk.page.getByLabel('Type Warehouse system to delete it').fill('Warehouse system');
    await button('Delete the webhook').click();
    await sees('No webhooks');
  });

  test('lets somebody in, gives other rights, and shuts out', async () => {
    await desk.page.goto('/setup/people');
    await button('Invite somebody').click();
    await dialog().getByLabel('Name').fill('Vera');
    await dialog().getByLabel('Mail address').fill('vera@shop.example');
    await button('Make the link', dialog()).click();
    expect(await desk.page.getByRole('textbox', { name: 'A link for Vera' }).inputValue()).toMatch(/\/welcome#/);
    await button('I have kept it').click();
    await desk.page.getByRole('row', { name: /Vera/ }).click();
    const drawer = desk.page.getByRole('dialog', { name: 'Vera' });
    await button('Change rights', drawer).click();
    await dialog('What may Vera?').getByLabel('Viewer').check();
    await send(dialog('What may Vera?'));
    await button('Shut out', drawer).click();
    await desk.page.getByLabel(/Why/).fill('has left');
    await send(dialog('Shut out Vera?'));
    await drawer.getByText('Shut out', { exact: true }).first().waitFor();
    const answer = await desk.context.request.get('/api/services/access/people', { headers: { 'x-orderbus': 'console' } });
    expect((await answer.json()).items).toContainEqual(expect.objectContaining({ name: 'Vera', role: 'viewer', state: 'disabled' }));
  });

  test('gives an order a status of his own', async () => {
    await office.shop.send('order', 'POST', '/statuses', { code: 'to_pack', label: 'To be packed', state: 'processing' });
    const { id, amazonOrderId } = await processing();
    await desk.page.goto(`/orders/${id}?do=status`);
    await dialog().getByLabel('To be packed').check();
    await send();
    await sees('To be packed');
    expect(await office.shop.order(amazonOrderId)).toMatchObject({ status: 'to_pack' });
  });

  test('asks Amazon again for a refund that it has refused', async () => {
    const { id, lines } = await processing();
    const memo = { orderId: id, reason: 'general-adjustment', lines: [{ lineId: lines[0].lineId, quantity: 1 }] };
    await office.shop.send('billing', 'POST', '/credit-memos', memo);
    const attempt = async (state: string, count: number): Promise<void> => {
      const [known] = (await office.shop.get('billing', `/credit-memos?orderId=${id}`)).items;
      expect(known).toMatchObject({ state, attempt: count });
    };
    await eventually(() => attempt('refused', 1));
    await desk.page.goto(`/orders/${id}?tab=money&do=retry-refund`);
    await send();
    await eventually(() => attempt('refused', 2));
  });

  test('records what came back: damaged units stay off the shelf, and their money goes back', async () => {
    const { id, number, amazonOrderId, lines } = await processing();
    await eventually(async () => expect((await office.shop.get('fulfillment', `/orders/${id}/shipping`)).ship).toEqual({ allowed: true }));
    const parcel = { carrier: 'dhl', trackingNumber: 'JD014600003', lines: [{ lineId: lines[0].lineId, quantity: 2 }] };
    await office.shop.send('fulfillment', 'POST', '/shipments', { orderId: id, packages: [parcel] });
    await eventually(async () => {
      await office.shop.sync();
      expect(await office.shop.order(amazonOrderId)).toMatchObject({ state: 'complete' });
    });
    const { onHand } = await office.shop.get('fulfillment', `/stock/${towel}`);
    await desk.page.goto('/returns');
    await button('Record a return').click();
    await dialog().getByLabel('Order number').fill(number);
    await desk.page.keyboard.press('Enter');
    await dialog(/^What came back of order/)
      .getByRole('combobox', { name: /^Condition/ })
      .selectOption('damaged');
    await dialog().getByLabel('The buyer gets the money for it').check();
    await send();
    await desk.page.getByRole('cell', { name: /2 × .*, damaged/ }).waitFor();
    await eventually(async () => expect((await office.shop.get('billing', `/credit-memos?orderId=${id}`)).items).toHaveLength(1));
    expect((await office.shop.get('fulfillment', `/stock/${towel}`)).onHand).toBe(onHand);
  });

  test('connects an account of his own: what is wrong is named, at its field or by what Amazon refuses, until Amazon agrees', async () => {
    const { page } = desk;
    const { sellers } = await told('GET', `${office.shop.sandboxUrl}/sandbox/sellers`);
    const own = sellers.find(({ region }: { region: string }) => region.toLowerCase() === 'fe');
    // As where nobody plays Amazon.
    await page.route('**/api/session', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), sandboxUrl: undefined } });
    });
    const field = (name: string): Locator => page.getByRole('textbox', { name, exact: false }).or(page.getByLabel(name)).first();
    const fill = async (credentials: Record<string, string>): Promise<void> => {
      for (const [name, value] of Object.entries(credentials)) await field(name).fill(value);
      await button('Next').click();
    };
    await page.goto('/setup/stores/new');
    expect(await page.getByRole('radio', { name: /^The sandbox/ }).isDisabled()).toBe(true);
    await button('Next').click();
    await page.getByRole('radio', { name: /Japan|Far East/ }).check();
    await fill({ Name: 'Shop in Japan' });
    await button('Next').click();
    await page.getByText('Please fill this in').nth(2).waitFor();
    await fill({ 'Client id': 'my-app', 'Client secret': 'amzn1.oa2-cs.v1.wrong', 'Refresh token': own.refreshToken });
    await sees('It begins with amzn1.application-oa2-client.');
    expect(await field('Client id').getAttribute('aria-invalid')).toBe('true');
    await fill({ 'Client id': own.clientId });
    await sees('Client id or client secret is wrong.');
    await button('Back').click();
    await fill({ 'Client secret': own.clientSecret, 'Refresh token': 'Atzr|of-somebody-else' });
    await sees('The refresh token does not belong to this application');
    await button('Back').click();
    await fill({ 'Refresh token': own.refreshToken });
    await sees('Everything that is needed works.');
    await button('Next').click();
    await button('Next').click();
    await button('Connect the store').click();
    await page.waitForURL(/\/setup\/stores\/shop-in-japan/);
    await page.unroute('**/api/session');
    expect(await office.shop.get('amazon-gateway', '/stores/shop-in-japan')).toMatchObject({ region: 'fe', name: 'Shop in Japan' });
  });
});
