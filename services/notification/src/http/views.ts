import { FieldProblem } from '@orderbus/service-kit';
import { z } from 'zod';
import { type Alert, alertKinds, alertStatuses, resolvers, severities } from '../domain/alert.ts';
import { languages } from '../domain/language.ts';
import { channels } from '../domain/rule.ts';
import { type Delivery, deliveryStates } from '../store/delivery-list.ts';

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

/** Of what is said in words, the code and the facts. */
export const InOtherWords = FieldProblem.pick({ code: true, facts: true })
  .required({ code: true })
  .describe('The same, for whoever says it in another language');

export const DeliveryView = z.object({
  id: z.uuid(),
  channel: z.enum(channels),
  recipient: z.string().describe("A member of the staff, or enough of a hook's address to know it again"),
  rule: z.object({ id: z.uuid().optional(), name: z.string() }),
  language: z.string(),
  tenants: z.array(z.string()).describe('The stores whose alerts it tells'),
  test: z.boolean(),
  alerts: z.int().describe('How many it tells of'),
  state: z
    .enum(deliveryStates)
    .describe('`gathering`: more may join it. `pending`: tried, and tried again. `dropped`: the rules name its recipient no longer'),
  attempts: z.int(),
  createdAt: z.iso.datetime(),
  plannedFor: z.iso.datetime().describe('When it was to leave'),
  nextAttemptAt: z.iso.datetime().optional(),
  sentAt: z.iso.datetime().optional(),
  lastError: z.string().optional(),
  failure: InOtherWords.optional(),
  answer: z.string().optional().describe('What the other side said at the last attempt'),
});
export type DeliveryView = z.infer<typeof DeliveryView>;

export const viewOfDelivery = ({
  ruleId,
  ruleName,
  tenants,
  nextAttemptAt,
  sentAt,
  lastError,
  failure,
  answer,
  ...delivery
}: Delivery): DeliveryView => ({
  ...delivery,
  tenants: [...tenants],
  rule: { name: ruleName, ...(ruleId === null ? {} : { id: ruleId }) },
  ...(['gathering', 'pending'].includes(delivery.state) ? { nextAttemptAt } : {}),
  ...(sentAt === null ? {} : { sentAt }),
  ...(lastError === null ? {} : { lastError }),
  ...(failure === null ? {} : { failure }),
  ...(answer === null ? {} : { answer }),
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
