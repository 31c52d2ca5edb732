import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseConfig, type Service } from '@orderbus/service-kit';
import { brokerKinds, eventually, type Harness, serviceHarness } from '@orderbus/testkit';
import { type CollectedSpan, type Collector, collector } from '@orderbus/testkit/collector';
import { type MailServer, mailServer } from '@orderbus/testkit/mail-server';
import { type Receiver, receiver } from '@orderbus/testkit/receiver';
import { buildNotificationApp, NotificationConfig, schema } from '../src/app.ts';
import { anOrder, type Message, ringText } from './builders.ts';
import { type HookServer, hookServer } from './hook-server.ts';

const [traceId, spanId] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];

describe.each(brokerKinds())('a trace, on the broker %s,', (broker) => {
  let harness: Harness<Service>;
  let traces: Collector;
  let mails: MailServer;
  let slack: HookServer;
  let target: Receiver;

  beforeAll(async () => {
    [traces, mails, slack, target] = await Promise.all([collector(), mailServer(), hookServer(), receiver()]);
    harness = await serviceHarness({
      ...{ schema, broker },
      build: (urls) =>
        buildNotificationApp(
          parseConfig(NotificationConfig, {
            ...{ ...urls, ORDERBUS_KEYS: ringText, LOG_LEVEL: 'silent', ALERT_GATHER: '0ms' },
            ...{ SMTP_URL: mails.url, ALERT_FROM: 'orderbus@shop.example.com', ALERT_TO: 'canary@example.com' },
            WEBHOOK_ALLOWED_HOSTS: `${target.host},${new URL(slack.url).host}`,
            ...{ OTEL_EXPORTER_OTLP_ENDPOINT: traces.url, OTEL_BSP_SCHEDULE_DELAY: '50' },
          }),
        ),
    });
    const { body } = await harness.get('/rules');
    const [usual] = body.rules;
    const rules = ['mail', 'slack'].map((channel) => ({
      ...{ ...usual, name: channel, kinds: ['order-blocked'], schedule: { when: 'at-once', throttleMinutes: 0 } },
      ...{
        id: undefined,
        targets: [channel === 'mail' ? { channel, address: 'canary@example.com' } : { channel, url: `${slack.url}/canary` }],
      },
    }));
    expect(await harness.send('PUT', '/rules', { rules })).toMatchObject({ status: 200 });
    const webhook = { url: `${target.origin}/hear?token=canary`, description: 'all', topics: ['order.*'] };
    expect(await harness.send('POST', '/webhooks', webhook)).toMatchObject({ status: 201 });
    const order = anOrder();
    await harness.publishAll([order.created(), order.blocked(2)].map(inTrace));
  });
  afterAll(async () => {
    await harness?.stop();
    await Promise.all([traces, mails, slack, target].map((server) => server?.stop()));
  });

  const inTrace = ({ definition, event }: Message): Message => ({
    definition,
    event: { ...event, traceparent: `00-${traceId}-${spanId}-01` },
  });
  const named = (name: string): CollectedSpan[] => traces.spans.filter((span) => span.name === name);

  test('leads to the call of a webhook', async () => {
    const calls = await eventually(() => {
      expect(named('call webhook')).toHaveLength(2);
      return named('call webhook');
    });
    for (const call of calls) {
      expect(call).toMatchObject({ kind: 'client', traceId, failed: false, attributes: { 'http.response.status_code': 204 } });
      const heard = traces.spans.find((span) => span.spanId === call.parentSpanId);
      expect(heard).toMatchObject({ name: 'notification.keep-for-webhooks', parentSpanId: spanId });
    }
  });

  test.each(['mail', 'slack'])('leads to what the staff is told by %s, by links', async (channel) => {
    await eventually(() => {
      const [sent] = named(`send ${channel}`);
      expect(sent).toMatchObject({ kind: 'client', failed: false, parentSpanId: undefined, attributes: { 'orderbus.outcome': 'sent' } });
      const batch = traces.spans.find((span) => span.spanId === sent?.links[0]?.spanId);
      expect(batch).toMatchObject({ name: 'process notification' });
      // It was the batch in which the order's messages were handled.
      const handled = traces.spans.filter(({ links }) => links.some((link) => link.spanId === batch?.spanId));
      expect(handled.map((span) => span.traceId)).toContain(traceId);
    });
  });

  test('holds no address, and none of the called is told of it', () => {
    expect(traces.bodies.join('\n')).not.toContain('canary');
    expect(target.at('/hear').map(({ headers }) => headers.traceparent)).toEqual([undefined, undefined]);
  });
});
