import { type Content, Html, html } from '@orderbus/service-kit/html';
import { agoText } from './format.ts';
import { alertsPanel, inventoryPanel, ordersPanel, sandboxPanel, servicesPanel, storesPanel, tiles } from './panels.ts';
import type { Snapshot } from './snapshot.ts';
import { isBehind } from './words.ts';

/** The whole page. Without its script it still shows everything, and loads itself again. */
export const statusPage = (snapshot: Snapshot): string =>
  html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>Orderbus</title>
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <link rel="icon" href="/icon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/status.css">
  <script src="/status.js" defer></script>
  <noscript><meta http-equiv="refresh" content="5"></noscript>
</head>
<body>
  <header>
    <h1>${mark}<span>Orderbus</span></h1>
    ${snapshot.sandbox ? html`<span class="badge">Sandbox</span>` : undefined}
    ${pulse(snapshot)}
  </header>
  <p id="away" role="status" hidden>Orderbus does not answer. If you stopped it, that is why; this page goes on by itself when it is back.</p>
  <main>
    ${live('numbers', tiles(snapshot))}
    <div class="columns">
      <div class="wide">${live('orders', ordersPanel(snapshot))}</div>
      <div class="narrow">
        ${live('alerts', alertsPanel(snapshot))}
        ${live('stores', storesPanel(snapshot))}
        ${live('inventory', inventoryPanel(snapshot))}
        ${live('services', servicesPanel(snapshot))}
        ${snapshot.sandbox ? sandboxPanel(snapshot.sandbox.url, snapshot) : undefined}
      </div>
    </div>
  </main>
</body>
</html>
`.text;

/** A part that the script exchanges when it has changed. */
const live = (id: string, content: Content): Html => html`<section id="${id}" data-live>${content}</section>`;

/** The first thing that somebody wants to know: is everything there, and are we in step with Amazon? */
const pulse = (snapshot: Snapshot): Html => {
  const [tone, text] = state(snapshot);
  return html`<p id="pulse" class="pulse" data-live role="status"><i class="dot ${tone}"></i>${text}</p>`;
};

const state = ({ services, stores = [], at }: Snapshot): readonly [tone: string, text: string] => {
  const waiting = services.filter((service) => service.state !== 'ready').map(({ name }) => name);
  if (waiting.length > 0) return ['wait', `Waiting for ${waiting.join(', ')}`];
  const behind = stores.filter((store) => isBehind(store.status)).map(({ name }) => name);
  if (behind.length > 0) return ['attention', `Out of step with Amazon: ${behind.join(', ')}`];
  const [oldest] = stores.map(({ lastSuccessAt }) => lastSuccessAt ?? '').sort();
  return oldest ? ['ok', `In step with Amazon ${agoText(oldest, at)}`] : ['wait', 'Connecting to Amazon'];
};

/** A parcel on its way. */
export const mark = new Html(
  '<svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="9" fill="#3f5efb"/><path d="M9 12.2 16 8.5l7 3.7v7.6l-7 3.7-7-3.7z" fill="none" stroke="#fff" stroke-width="2" stroke-linejoin="round"/><path d="m9 12.2 7 3.6 7-3.6M16 15.8v7.7" fill="none" stroke="#fff" stroke-width="2" stroke-linejoin="round"/></svg>',
);
