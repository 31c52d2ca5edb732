import { eventually } from '@orderbus/testkit';
import { query } from '@orderbus/tests-system/sql';
import type { Stage } from '../stage.ts';

/** Waits until an order is known to the order service. Answers with how many seconds that took. */
export const arrives = async ({ installation }: Stage, amazonOrderId: string): Promise<number> => {
  const since = performance.now();
  await eventually(
    async () => {
      const rows = await query(installation.databaseUrl, 'select from orders.orders where amazon_order_id = $1', [amazonOrderId]);
      if (rows.length === 0) throw new Error(`${amazonOrderId} has not arrived`);
    },
    { withinMs: 60_000, everyMs: 100 },
  );
  return (performance.now() - since) / 1_000;
};

export const cancelByBuyer = async ({ amazon }: Stage, amazonOrderId: string): Promise<void> => {
  const answer = await fetch(`${amazon.url}/sandbox/orders/${amazonOrderId}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ fulfillmentStatus: 'CANCELLED', cancelledBy: 'BUYER' }),
  });
  if (!answer.ok) throw new Error(`${amazonOrderId} was not canceled: ${await answer.text()}`);
};
