import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connectBroker } from '@orderbus/messaging';
import { provision } from '@orderbus/outbox';
import { generateKey } from '@orderbus/service-kit';
import { apiOf, testAccess } from '@orderbus/testkit';
import { cpuSecondsOf, pause } from './gateway.ts';
import { startProcess } from './processes.ts';
import { declareAll } from './queues.ts';

export interface WebhookTimings {
  /** Events heard and kept while there is no webhook, and the processor's time for each. */
  readonly keptPerSecond: number;
  readonly keptCpuMs: number;
  /** Calls answered, from the first event to the last call, and the processor's time for each. */
  readonly callsPerSecond: number;
  readonly callCpuMs: number;
  readonly peakMemory: number;
}

const webhooks = 3;
const { id: _, ...example } = JSON.parse(
  readFileSync(new URL('../../../libs/contracts/examples/order.created.v1.json', import.meta.url), 'utf8'),
);

/** Notification as one process, and integrators on this machine who take everything at once. */
export const measureWebhooks = async (adminUrl: string, amqpUrl: string, events: number): Promise<WebhookTimings> => {
  const urls = await provision({ adminUrl, secret: 'bench', tenancies: [{ schema: 'notification', role: 'orderbus_notification' }] });
  await declareAll(amqpUrl);
  const access = await testAccess();
  const target = await aTarget();
  const notification = await startProcess('notification', 'services/notification/src/main.ts', '/ready', {
    DATABASE_URL: urls.notification as string,
    BROKER_URL: amqpUrl,
    ACCESS_URL: access.url,
    ORDERBUS_KEYS: `bench:${generateKey()}`,
    WEBHOOK_ALLOWED_HOSTS: target.host,
  });
  const broker = connectBroker(amqpUrl, { name: 'bench' });
  await broker.start();
  const api = apiOf(() => notification.url, access.bearer('notification'));
  const publish = async (count: number): Promise<void> => {
    const messages = Array.from({ length: count }, () => {
      const orderId = randomUUID();
      const event = { ...example, id: randomUUID(), aggregateId: orderId, data: { ...example.data, orderId } };
      return { id: event.id, topic: 'order.created.v1', key: event.aggregateId, body: JSON.stringify(event), headers: {} };
    });
    await broker.publish(messages);
  };
  const measured = async (work: () => Promise<void>): Promise<{ seconds: number; cpuSeconds: number }> => {
    const [cpuBefore, before] = [await cpuSecondsOf(notification), performance.now()];
    await work();
    return { seconds: (performance.now() - before) / 1_000, cpuSeconds: (await cpuSecondsOf(notification)) - cpuBefore };
  };

  try {
    await publish(200);
    await keptBecome(api, 200);
    const kept = await measured(async () => {
      await publish(events);
      await keptBecome(api, events + 200);
    });
    for (let n = 0; n < webhooks; n++)
      await api.send('POST', '/webhooks', { url: `${target.origin}/${n}`, description: `integrator ${n}`, topics: ['order.*'] });
    const called = await measured(async () => {
      await publish(events);
      while (target.calls() < events * webhooks) await pause(20);
    });
    return {
      keptPerSecond: events / kept.seconds,
      keptCpuMs: (kept.cpuSeconds / events) * 1_000,
      callsPerSecond: (events * webhooks) / called.seconds,
      callCpuMs: (called.cpuSeconds / (events * webhooks)) * 1_000,
      peakMemory: notification.peakMemory(),
    };
  } finally {
    await broker.stop();
    await notification.stop();
    await target.stop();
    await access.stop();
  }
};

/** As many have been heard and kept. */
const keptBecome = async (api: ReturnType<typeof apiOf>, count: number): Promise<void> => {
  for (;;) {
    const metrics = await (await api.fetch('/metrics')).text();
    const line = /^handler_duration_seconds_count\{[^}]*consumer="notification.keep-for-webhooks"[^}]*outcome="done"[^}]*\} (\d+)$/m.exec(
      metrics,
    );
    if (Number(line?.[1] ?? 0) >= count) return;
    await pause(20);
  }
};

const aTarget = async () => {
  let calls = 0;
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      calls += 1;
      response.writeHead(204).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    origin: `http://${host}`,
    calls: () => calls,
    stop: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
