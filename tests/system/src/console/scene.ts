import assert from 'node:assert/strict';
import { itemPrograms, programs } from '@orderbus/amazon-sandbox';
import { eventually } from '@orderbus/testkit';
import { told } from '../http.ts';
import type { Shop } from '../shop.ts';
import { query } from '../sql.ts';

const [germany, america, spain] = ['A1PA6795UKMFR9', 'ATVPDKIKX0DER', 'A1RKKUPIHCS9HS'];

export interface Scene {
  /** An order with parcels, an invoice and a refund. */
  readonly orderId: string;
  /** One that is on hold, and one that lacks stock. */
  readonly heldId: string;
  readonly blockedId: string;
  /** One of every program of Amazon's, with nothing else on its marketplace. */
  readonly programsId: string;
  readonly marketplaceOfPrograms: string;
  /** What people wrote. */
  readonly said: readonly string[];
  /** What sells in two of them is in letters that every machine has. */
  readonly storeId: string;
}

/** Something for every page to show: orders of every fate in Europe and America, and what has gone wrong with some. */
export const setTheScene = async (shop: Shop, count = 60): Promise<Scene> => {
  const sell = async (wish: object = {}): Promise<string> => {
    const order = { fulfilledBy: 'MERCHANT', fulfillmentStatus: 'UNSHIPPED', programs: [], marketplaceId: germany, live: false };
    const [amazonOrderId = ''] = await shop.sell({ ...order, lines: [{ sku: 'SKU-TOWEL-3', quantity: 2 }], ...wish });
    return amazonOrderId;
  };
  const inState = (amazonOrderId: string, state: string) =>
    eventually(async () => {
      const order = await shop.order(amazonOrderId);
      assert.equal(order.state, state);
      return order;
    });
  const post = (service: Parameters<Shop['urlOf']>[0], path: string, body: object) => told('POST', `${shop.urlOf(service)}${path}`, body);

  for (const marketplaceId of [germany, america]) await shop.sell({ count: count / 2, marketplaceId });
  const [refunded, held, asked, refused] = [await sell(), await sell(), await sell(), await sell()];
  const short = await sell({ lines: [{ sku: 'SKU-CLOCK-WALL', quantity: 2 }] });
  await sell({ lines: [{ sku: 'SKU-NOBODY-KNOWS', quantity: 1 }] });
  const ofPrograms = await sell({ marketplaceId: spain, programs, itemPrograms });
  const unlucky = await sell({ fulfillmentStatus: 'PENDING' });
  await query(shop.databaseUrl, `alter table billing.invoice add constraint a_bug check (amazon_order_id <> '${unlucky}') not valid`);
  await shop.happens(unlucky, { fulfillmentStatus: 'UNSHIPPED' });
  await shop.sync();

  const ship = async (amazonOrderId: string): Promise<{ id: string; lines: { lineId: string }[] }> => {
    const order = await inState(amazonOrderId, 'processing');
    await eventually(async () => assert.ok((await shop.get('fulfillment', `/orders/${order.id}/shipping`)).ship.allowed));
    const parcel = { carrier: 'dhl', trackingNumber: `JD01460000${order.number}`, lines: [{ lineId: order.lines[0].lineId, quantity: 2 }] };
    await post('fulfillment', '/shipments', { orderId: order.id, packages: [parcel] });
    return order;
  };
  const said = ['asks for another color', 'Wrote to the buyer, waits for an answer', 'SKU-NOBODY-KNOWS'];
  const { id: heldId } = await inState(held, 'processing');
  await post('order', `/orders/${heldId}/hold`, { reason: said[0] });
  await post('order', `/orders/${heldId}/comments`, { text: said[1] });
  await inState(asked, 'processing');
  await shop.happens(asked, { requestCancellation: { reason: 'CHANGED_MIND' } });
  await told('POST', `${shop.sandboxUrl}/sandbox/faults`, { kind: 'missing-from-list', orderIds: [refused] });
  await inState(refused, 'processing');
  await shop.happens(refused, { fulfillmentStatus: 'CANCELLED', cancelledBy: 'BUYER' });
  await ship(refused);
  const { id, lines } = await ship(refunded);
  await shop.sync();
  await inState(refunded, 'complete');
  const [line] = lines;
  const memo = { orderId: id, reason: 'customer-return', shippingMinor: 0, lines: [{ lineId: line?.lineId, quantity: 1 }] };
  await post('billing', '/credit-memos', memo);
  const unit = { lineId: line?.lineId, quantity: 1, condition: 'unopened', restock: true };
  await post('fulfillment', '/returns', { orderId: id, reason: 'customer-return', refund: false, lines: [unit] });
  await eventually(async () => {
    const { items } = await shop.get('billing', '/dead-letters?status=open');
    assert.equal(items.length, 1);
    const [paid] = (await shop.get('billing', `/credit-memos?orderId=${id}`)).items;
    assert.ok(['accepted', 'settled'].includes(paid.state));
  });
  await eventually(async () => {
    const [{ items }, { rebuilding }] = [await shop.get('amazon-gateway', '/stores'), await shop.get('console', '/api/overview')];
    // Cards about the first look at Amazon, and about reading what happened before, come and go as those do.
    assert.deepEqual([items.filter(({ lastSuccessAt }: { lastSuccessAt?: string }) => !lastSuccessAt), rebuilding], [[], undefined]);
  });
  const { id: blockedId } = await inState(short, 'blocked');
  const { id: programsId, marketplaceId: marketplaceOfPrograms } = await inState(ofPrograms, 'processing');
  return { orderId: id, heldId, blockedId, programsId, marketplaceOfPrograms, said, storeId: 'demo-eu' };
};
