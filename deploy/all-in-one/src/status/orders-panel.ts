import { type Html, html } from '@orderbus/service-kit/html';
import type { OrderRow } from './answers.ts';
import { agoText, blockText, countText, exactText, moneyText } from './format.ts';
import type { Snapshot } from './snapshot.ts';
import { stateDot, stateWord } from './words.ts';

export const ordersPanel = (snapshot: Snapshot): Html => html`<h2>Latest orders</h2>${table(snapshot)}`;

const table = ({ recent, at, services, stores = [] }: Snapshot): Html => {
  if (!recent) return html`<p class="empty">The order service does not answer yet.</p>`;
  if (recent.length === 0) return html`<p class="empty">No orders yet. They appear here as soon as Amazon has shown them.</p>`;
  const api = services.find(({ name }) => name === 'order')?.url ?? '';
  return html`
  <table class="orders">
    <thead><tr><th>Order</th><th>Amazon</th><th>Status</th><th class="number">Units</th><th class="number">Total</th><th class="number">Purchased</th></tr></thead>
    <tbody>${recent.map((order) => row(order, at, { api, severalStores: stores.length > 1 }))}
    </tbody>
  </table>`;
};

interface Surroundings {
  readonly api: string;
  /** Our numbers are unique within a store only. */
  readonly severalStores: boolean;
}

const row = (order: OrderRow, now: Date, { api, severalStores }: Surroundings): Html => html`
      <tr data-key="${order.id}">
        <td class="ours"><a href="${api}/orders/${order.id}">${order.number ?? '–'}</a></td>
        <td class="theirs"><span>${order.amazonOrderId}</span><small>${origin(order, severalStores)}</small></td>
        <td class="status"><span>${stateDot(order.state)}${stateWord(order.state)}</span>${reasons(order)}</td>
        <td class="number units">${countText(order.units)}<span class="unit"> ${order.units === 1 ? 'unit' : 'units'}</span></td>
        <td class="number total">${order.totals ? moneyText(order.totals.grandTotalMinor, order.totals.currency) : '–'}${order.totals ? html`<small>${order.totals.currency}</small>` : undefined}</td>
        <td class="number when"><time datetime="${order.purchasedAt}" title="${exactText(order.purchasedAt)}">${agoText(order.purchasedAt, now)}</time></td>
      </tr>`;

const origin = ({ tenant, country, marketplaceId, fulfilledBy }: OrderRow, severalStores: boolean): string =>
  [...(severalStores ? [tenant] : []), country ?? marketplaceId, fulfilledBy === 'amazon' ? 'ships from Amazon' : 'ships from us'].join(
    ' · ',
  );

const reasons = ({ blockReasons, cancelRequested, state }: OrderRow): Html | undefined => {
  const texts = [...blockReasons.map(blockText), ...(cancelRequested && state !== 'canceled' ? ['the buyer asks to cancel'] : [])];
  return texts.length === 0 ? undefined : html`<small class="reason">${texts.join('; ')}</small>`;
};
