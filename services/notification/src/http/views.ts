import { z } from 'zod';
import { type Alert, alertKinds, alertStatuses, resolvers, severities } from '../domain/alert.ts';
import { languages } from '../domain/language.ts';
import { deliveryStates } from '../store/deliveries.ts';

export const AlertView = z.object({
  id: z.uuid(),
  tenant: z.string(),
  orderId: z.uuid().optional().describe('Absent where it is about no order of ours: a store, a feed, an answer that cannot be read'),
  kind: z.enum(alertKinds),
  severity: z.enum(severities),
  status: z.enum(alertStatuses).describe('`open` asks for something to be done; `info` asks for nothing'),
  title: z.string().describe('One line'),
  text: z.string(),
  data: z.record(z.string(), z.unknown()).describe('What the text says, for programs; depends on the kind'),
  raisedAt: z.iso.datetime(),
  resolvedAt: z.iso.datetime().optional(),
  resolvedBy: z
    .enum(resolvers)
    .optional()
    .describe(
      '`order`: the order went on; `gateway`: it passed at Amazon or the gateway; `service`: it passed in the service that told it; `person`: by hand',
    ),
});
export type AlertView = z.infer<typeof AlertView>;

export const DeliveryView = z.object({
  id: z.uuid(),
  alertId: z.uuid(),
  recipient: z.string().describe('A member of the staff, from ALERT_TO'),
  state: z.enum(deliveryStates),
  attempts: z.int(),
  nextAttemptAt: z.iso.datetime(),
  sentAt: z.iso.datetime().nullable(),
  lastError: z.string().nullable(),
  answer: z.string().nullable().describe('What the mail server said when it took the mail'),
});

/** In which language alerts are worded. */
export const languageQuery = z.object({ language: z.enum(languages).default('en').meta({ description: 'Of title and text' }) });

export const viewOf = (
  { watchId: _, orderId, resolvedAt, resolvedBy, data, ...alert }: Alert,
  { title, text }: Pick<AlertView, 'title' | 'text'>,
): AlertView => ({
  ...alert,
  ...{ title, text },
  data: { ...data },
  ...(orderId === null ? {} : { orderId }),
  ...(resolvedAt === null ? {} : { resolvedAt }),
  ...(resolvedBy === null ? {} : { resolvedBy }),
});
