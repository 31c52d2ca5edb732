import { type Html, html } from '@orderbus/service-kit/html';
import type { Alert, Store } from './answers.ts';
import { agoText, countText, exactText, moneyText } from './format.ts';
import type { Count, ServiceState, Snapshot } from './snapshot.ts';
import { stateDot, stateWord, storeTone } from './words.ts';

export { ordersPanel } from './orders-panel.ts';

const shownStates = ['new', 'blocked', 'processing', 'complete', 'canceled', 'pending'] as const;

/** Orders by state, and what they are worth. */
export const tiles = ({ orders, sales = [] }: Snapshot): Html => html`
  <h2 class="hidden">Orders in numbers</h2>
  <ul class="tiles">${shownStates.map(
    (state) => html`
    <li class="tile">
      <span class="label">${stateDot(state)}${stateWord(state)}</span>
      <strong>${orders ? countText(orders[state] ?? 0) : '–'}</strong>
      <span class="hint">${hints[state]}</span>
    </li>`,
  )}
  </ul>
  ${sales.length === 0 ? undefined : html`<p class="sales"><span>Sold so far</span>${sales.map(({ currency, grandTotalMinor }) => html`<b>${moneyText(grandTotalMinor, currency)}<small>${currency}</small></b>`)}</p>`}`;

const hints: Readonly<Record<(typeof shownStates)[number], string>> = {
  new: 'waiting for stock',
  blocked: 'something is missing',
  processing: 'ready to pack',
  complete: 'shipped',
  canceled: 'called off',
  pending: 'Amazon holds them back',
};

export const alertsPanel = ({ alerts, openAlerts, at }: Snapshot): Html => html`
  <h2>Alerts${openAlerts && openAlerts.count > 0 ? html` <span class="count">${countOf(openAlerts)} open</span>` : undefined}</h2>
  ${alertList(alerts, at)}`;

const alertList = (alerts: readonly Alert[] | undefined, now: Date): Html => {
  if (!alerts) return unanswered('notification');
  if (alerts.length === 0) return html`<p class="empty">Nothing has happened yet. New, blocked and canceled orders are told here.</p>`;
  return html`<ul class="alerts">${alerts.map(
    (alert) => html`
    <li data-key="${alert.id}">
      <i class="dot ${alertTone(alert)}"></i>
      <div><p>${alert.title}</p><time datetime="${alert.raisedAt}" title="${exactText(alert.raisedAt)}">${agoText(alert.raisedAt, now)}${alert.status === 'resolved' ? ' · resolved' : ''}</time></div>
    </li>`,
  )}
  </ul>`;
};

const alertTone = ({ status, severity }: Alert): string => {
  if (status === 'open') return 'attention';
  return severity === 'info' ? 'calm' : 'ok';
};

export const storesPanel = ({ stores, at }: Snapshot): Html => html`
  <h2>Stores</h2>
  ${stores ? html`<ul class="services">${stores.map((store) => storeItem(store, at))}</ul>` : unanswered('amazon-gateway')}`;

const storeItem = ({ name, status, lastSuccessAt, lastError }: Store, now: Date): Html => {
  const calm = storeTone(status) === 'ok';
  return html`
    <li>
      <i class="dot ${storeTone(status)}"></i>
      <div>
        <p><b>${name}</b> <span>${calm && lastSuccessAt ? agoText(lastSuccessAt, now) : status}</span></p>
        ${!calm && lastError ? html`<small class="reason">${lastError}</small>` : undefined}
      </div>
    </li>`;
};

export const inventoryPanel = ({ products, lowStock, invoices }: Snapshot): Html => html`
  <h2>Warehouse and books</h2>
  <dl class="facts">
    <div><dt>Products</dt><dd>${countOf(products)}</dd></div>
    <div><dt>Low on stock</dt><dd${lowStock && lowStock.count > 0 ? html` class="attention"` : undefined}>${countOf(lowStock)}</dd></div>
    <div><dt>Invoices</dt><dd>${countOf(invoices)}</dd></div>
  </dl>`;

export const servicesPanel = ({ services }: Snapshot): Html => html`
  <h2>Services</h2>
  <ul class="services">${services.map(
    (service) => html`
    <li>
      <i class="dot ${serviceTones[service.state]}"></i>
      <div>
        <p><b>${service.name}</b> ${serviceText(service)}</p>
        <nav aria-label="${service.name}"><a href="${service.url}/openapi.json">API</a><a href="${service.url}/metrics">Metrics</a><a href="${service.url}/ready">Ready</a></nav>
      </div>
    </li>`,
  )}
  </ul>`;

const serviceTones: Readonly<Record<ServiceState['state'], string>> = { ready: 'ok', 'not-ready': 'wait', away: 'stopped' };

const serviceText = ({ state, reason, outboxPending = 0, brokerHealthy, deadLetters }: ServiceState): Html => {
  const parts = [
    state === 'ready' ? 'ready' : (reason ?? state),
    ...(brokerHealthy === false ? ['broker away'] : []),
    ...(outboxPending > 0 ? [`${countText(outboxPending)} to publish`] : []),
  ];
  const parked = deadLetters && deadLetters.count > 0 ? html` <em>${countOf(deadLetters)} parked</em>` : undefined;
  return html`<span>${parts.join(' · ')}${parked}</span>`;
};

/** What one may try, since it is all invented. */
export const sandboxPanel = (url: string, { sandbox }: Snapshot): Html => html`
  <section>
    <h2>Sandbox</h2>
    <p class="note">These orders are invented${sandbox?.ordersPerMinute ? html`, ${countText(sandbox.ordersPerMinute)} a minute` : undefined}. Nothing here has reached Amazon.</p>
    <p class="note">Order something yourself:</p>
    <pre tabindex="0"><code>curl -X POST \\
  ${url}/sandbox/orders \\
  -H 'content-type: application/json' \\
  -d '{"count": 1}'</code></pre>
    <nav class="more"><a href="${url}/sandbox/stats">Stats</a><a href="${url}/sandbox/catalogue">Catalogue</a><a href="${url}/sandbox/orders">All orders</a></nav>
  </section>`;

const countOf = (count: Count | undefined): string => (count ? `${countText(count.count)}${count.more ? '+' : ''}` : '–');

const unanswered = (service: string): Html => html`<p class="empty">The ${service} service does not answer yet.</p>`;
