import { isTimeZone } from '@orderbus/kernel';
import { said } from '@orderbus/service-kit';
import { z } from 'zod';
import { alertKinds } from '../domain/alert.ts';
import { languages } from '../domain/language.ts';
import { StaffAddress } from '../staff-address.ts';

const Kinds = z.array(z.enum(alertKinds)).max(alertKinds.length);
const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, said('field.not-time', 'Expected a time of the day: 07:30'));
const Language = z.enum(languages);
/** It stands in messages, and in the log: one line. */
const Name = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u, said('field.not-one-line', 'Expected one line'));

const own = { language: Language.optional().describe('Instead of the language of the rule') };
const HookInput = z.strictObject({
  channel: z
    .enum(['slack', 'webhook'])
    .describe("`slack`: `{ text }`, as Slack's incoming webhooks take it; `webhook`: the alerts as JSON"),
  id: z.uuid().optional().describe('Of one that is there already'),
  url: z.url().max(2_000).optional().describe('A secret. Left out, or as it was shown, it stays as it is'),
  ...own,
});
const MailInput = z.strictObject({
  channel: z.literal('mail'),
  id: z.uuid().optional().describe('Follows from the address'),
  address: StaffAddress,
  ...own,
});

const Schedule = z.discriminatedUnion('when', [
  z.strictObject({
    when: z.literal('at-once'),
    throttleMinutes: z
      .int()
      .min(0)
      .max(1_440)
      .default(15)
      .describe('At most one message for each kind in so many minutes, with the count of its alerts; 0: one for each alert'),
  }),
  z.strictObject({ when: z.literal('hourly') }).describe('What there is, at the full hour'),
  z.strictObject({ when: z.literal('daily'), at: z.array(Time).min(1).max(24) }),
]);

const QuietHours = z
  .strictObject({
    from: Time,
    until: Time,
    except: Kinds.default([]).describe('Kinds that do not wait. Digests wait, whatever is in them'),
  })
  .refine(({ from, until }) => from !== until, { path: ['until'], message: said('rule.never-loud', 'Quiet hours that never end') });

const common = {
  name: Name,
  enabled: z.boolean().default(true),
  kinds: z.union([z.literal('all'), Kinds.min(1)]).default('all'),
  language: Language.default('en'),
  timeZone: z
    .string()
    .max(60)
    .refine(isTimeZone, said('field.not-time-zone', 'Expected the name of a time zone: Europe/Berlin'))
    .default('UTC')
    .describe('Whose clock counts, for what follows and in messages'),
  schedule: Schedule.default({ when: 'at-once', throttleMinutes: 15 }),
  quietHours: QuietHours.optional().describe('What would be sent in them is sent when they end'),
};

export const RuleInput = z.strictObject({
  id: z.uuid().optional(),
  ...common,
  targets: z
    .array(z.discriminatedUnion('channel', [MailInput, HookInput]))
    .min(1)
    .max(20),
});
export type RuleInput = z.output<typeof RuleInput>;

export const RuleSetInput = z.object({
  rules: z
    .array(RuleInput)
    .max(50)
    .nullable()
    .describe('Null: those that apply without. For a store, the rules for all stores; for all stores, `ALERT_TO` and `ALERT_MAIL_KINDS`'),
});

const RuleView = z.object({
  ...common,
  id: z.uuid(),
  targets: z.array(
    z.discriminatedUnion('channel', [
      MailInput.extend({ id: z.uuid() }),
      HookInput.extend({ id: z.uuid(), url: z.string().describe('Enough of it to know it again') }),
    ]),
  ),
});

export const RuleSetView = z.object({
  inherited: z.boolean().describe('Nobody has settled any of its own'),
  rules: z.array(RuleView),
});
export type RuleSetView = z.output<typeof RuleSetView>;
export type RuleSetInput = z.output<typeof RuleSetInput>;
