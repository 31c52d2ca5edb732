import pg from 'pg';
import { type Product, store } from './product.ts';

/** Orders that have gone all the way: created, reserved, invoiced, shipped, told to Amazon, heard of again. */
export const completeOrders = async (product: Product, adminUrl: string, orders: number): Promise<void> => {
  await product.throughput(orders);
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await allComplete(product, client, await shipAll(product, client));
  } finally {
    await client.end();
  }
};

/** One parcel for each that waits, a few at a time. Those that leave in another way stay: by a label of Amazon's, or with the buyer himself. Answers with how many have left. */
export const shipAll = async (product: Product, client: pg.Client, most = 100_000): Promise<number> => {
  const { rows } = await client.query<{ id: string }>(`select order_id as id from orders.order_list where state = 'processing' limit $1`, [
    most,
  ]);
  const waiting = rows.map(({ id: orderId }, n) => ({ orderId, carrier: 'UPS', trackingNumber: `1Z999AA1${String(n).padStart(10, '0')}` }));
  let left = 0;
  const packer = async (): Promise<void> => {
    for (let parcel = waiting.pop(); parcel !== undefined; parcel = waiting.pop()) {
      const answer = product.ask('fulfillment', '/shipments', { method: 'POST', body: JSON.stringify(parcel) });
      left += await answer.then((response) => response.text()).then(() => 1, unlessNotOurs);
    }
  };
  await Promise.all(Array.from({ length: 8 }, packer));
  return left;
};

const unlessNotOurs = (error: Error): number => {
  if (error.message.includes('with 409')) return 0;
  throw error;
};

const stillQuery = `select (select count(*) from orders.orders where state = 'complete')::int as complete,
  (select count(*) from gateway.amazon_command where state <> 'done')::int as unwritten,
  (select count(*) from gateway.amazon_order where status = 'shipped')::int as read,
  (select count(*) from gateway.outbox)::int + (select count(*) from orders.outbox) + (select count(*) from fulfillment.outbox)
    + (select count(*) from billing.outbox) + (select count(*) from notification.outbox) as unsent`;

const allComplete = async (product: Product, client: pg.Client, orders: number): Promise<void> => {
  const deadline = performance.now() + 300_000;
  for (;;) {
    await (await product.ask('amazon-gateway', `/stores/${store.id}/sync`, { method: 'POST' })).text();
    const { rows } = await client.query(stillQuery);
    const { complete, read, unwritten, unsent } = rows[0];
    if (complete >= orders && read >= orders && unwritten === 0 && unsent === '0') return;
    if (performance.now() > deadline) throw new Error(`not complete: ${JSON.stringify(rows[0])}`);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
};
