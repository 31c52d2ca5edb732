import { z } from 'zod';
import { type Alert, alertKinds, alertStatuses, severities } from '../domain/alert.ts';
import { deliveryStates } from '../store/deliveries.ts';

export const AlertView = z.object({
  id: z.uuid(),
  tenant: z.string(),
  orderId: z.uuid().describe('For `order-unreadable`, which is no order yet: the id under which the gateway keeps what Amazon sent'),
  kind: z.enum(alertKinds),
  severity: z.enum(severities),
  status: z.enum(alertStatuses).describe('`open` asks for something to be done; `info` asks for nothing'),
  title: z.string(),
  text: z.string(),
  data: z.record(z.string(), z.unknown()).describe('What the text says, for programs; depends on the kind'),
  raisedAt: z.iso.datetime(),
  resolvedAt: z.iso.datetime().optional(),
  resolvedBy: z.enum(['order', 'person']).optional().describe('`order`: it went on by itself'),
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

export const viewOf = ({ resolvedAt, resolvedBy, data, ...alert }: Alert): AlertView => ({
  ...alert,
  data: { ...data },
  ...(resolvedAt === null ? {} : { resolvedAt }),
  ...(resolvedBy === null ? {} : { resolvedBy }),
});
