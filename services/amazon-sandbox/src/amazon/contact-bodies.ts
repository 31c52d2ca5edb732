import { z } from 'zod';
import type { MessageName } from './contact-actions.ts';
import { text } from './write-body.ts';

const attachment = z.strictObject({
  uploadDestinationId: text('uploadDestinationId must not be empty.'),
  fileName: text('fileName must not be empty.'),
});
const attachments = (least: number) =>
  z.array(attachment).min(least, `attachments must have at least ${least} member.`).max(5, 'attachments must have at most 5 members.');

/** Amazon says of every text: no HTML, no mail addresses. */
const words = (longest: number) =>
  z
    .string()
    .refine((value) => value.trim() !== '', 'text must not be empty.')
    .refine((value) => [...value].length <= longest, `text must have length less than or equal to ${longest}.`)
    .refine((value) => !/<\/?[a-z][^>]*>/i.test(value), 'text must not contain HTML.')
    .refine((value) => !/[^\s@<>]+@[^\s@<>]+\.[a-z]{2,}/i.test(value), 'text must not contain email addresses.');

const written = (longest: number) => z.strictObject({ text: words(longest) });
const attached = (longest: number) => z.strictObject({ text: words(longest), attachments: attachments(0).optional() });
const date = z.iso.datetime({ offset: true, error: 'coverage dates must be date-times in ISO 8601 format.' });

/** The bodies of the Messaging API's operations. */
export const messageBodies = {
  confirmCustomizationDetails: attached(800),
  confirmDeliveryDetails: written(2000),
  confirmOrderDetails: written(2000),
  confirmServiceDetails: written(2000),
  digitalAccessKey: attached(400),
  unexpectedProblem: written(2000),
  legalDisclosure: z.strictObject({ attachments: attachments(1) }),
  warranty: z.strictObject({ attachments: attachments(1), coverageStartDate: date.optional(), coverageEndDate: date.optional() }),
  invoice: z.strictObject({ attachments: attachments(1) }),
} as const satisfies Record<MessageName, z.ZodType>;

/** The files that a message carries, if it is of a kind that can. */
export const attachmentsOf = (body: object): readonly z.output<typeof attachment>[] =>
  'attachments' in body ? ((body.attachments as readonly z.output<typeof attachment>[] | undefined) ?? []) : [];
