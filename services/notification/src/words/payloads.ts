import type { Content, ToldAlert, Words } from './compose.ts';
import { linkTo } from './links.ts';

/** What Slack, and what understands its incoming webhooks, shows. Its signs for links, mentions and channels do not come out of an alert. */
export const slackPayload = ({ title, text }: Words): Record<string, unknown> => ({
  text: `*${slackText(title)}*\n${slackText(text.trim())}`,
});

const slackText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What a program is told. It may come twice, under the same `id`. */
export const webhookPayload = (
  id: string,
  { alerts, counts, rule, test }: Content,
  { title, text }: Words,
  consoleUrl: string | undefined,
): Record<string, unknown> => ({
  ...{ id, test, rule, title, text: text.trim(), counts },
  alerts: alerts.map((alert) => ({ ...alertForPrograms(alert), ...linkTo(consoleUrl, `alerts/${alert.id}`) })),
});

const alertForPrograms = ({ id, tenant, orderId, kind, severity, status, data, raisedAt, resolvedAt }: ToldAlert) => ({
  ...{ id, tenant, kind, severity, status, data, raisedAt },
  ...(orderId === null ? {} : { orderId }),
  ...(resolvedAt === null ? {} : { resolvedAt }),
});
