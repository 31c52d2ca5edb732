import { isTimeZone } from '@orderbus/kernel';
import { type Route, route, type ServiceKit, said } from '@orderbus/service-kit';
import { z } from 'zod';
import { alertKinds } from '../domain/alert.ts';
import { languages } from '../domain/language.ts';
import { findAlert, knownAlert } from '../store/alerts.ts';
import { compose } from '../words/compose.ts';
import { slackPayload, webhookPayload } from '../words/payloads.ts';
import { sampleAlert } from '../words/sample-alert.ts';
import type { Templates } from '../words/templates.ts';

const Preview = z.object({
  title: z.string().describe("The mail's subject"),
  text: z.string(),
  html: z.string().describe('A whole page'),
  slack: z.record(z.string(), z.unknown()).describe('As it is posted to Slack'),
  webhook: z.record(z.string(), z.unknown()).describe('As it is posted to a program'),
});

/** What would be sent, without sending it. */
export const previewRoutes = ({ database, clock }: ServiceKit, templates: Templates, consoleUrl: string | undefined): readonly Route[] => [
  route({
    method: 'post',
    path: '/previews',
    access: {
      needs: 'read',
      store: async ({ body: { alertId } }) => (alertId === undefined ? [] : (await findAlert(database, alertId))?.tenant),
    },
    summary: 'The message about an alert, or about an invented example of a kind',
    tags: ['rules'],
    body: z
      .strictObject({
        alertId: z.uuid().optional(),
        kind: z.enum(alertKinds).optional(),
        count: z.int().min(1).max(100_000).default(1).describe('As one message about so many of them'),
        language: z.enum(languages).default('en'),
        timeZone: z
          .string()
          .max(60)
          .refine(isTimeZone, said('field.not-time-zone', 'Expected the name of a time zone: Europe/Berlin'))
          .default('UTC'),
      })
      .refine(
        ({ alertId, kind }) => (alertId === undefined) !== (kind === undefined),
        said('alert.id-or-kind', 'Expected either alertId or kind'),
      ),
    responses: { 200: Preview },
    handle: async ({ body: { alertId, kind, count, language, timeZone } }) => {
      const alert = alertId === undefined ? sampleAlert(kind ?? 'order-new', 'main', clock.now()) : await knownAlert(database, alertId);
      const content = { alerts: [alert], counts: { [alert.kind]: count }, rule: 'Preview', test: alertId === undefined };
      const words = compose(templates, content, { language, timeZone }, consoleUrl);
      return { ...words, slack: slackPayload(words), webhook: webhookPayload(nowhere, content, words, consoleUrl) };
    },
  }),
];

/** Stands for the id of a message that is never sent. */
const nowhere = '00000000-0000-0000-0000-000000000000';
