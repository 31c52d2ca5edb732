import { durationMs, list, serviceSettings, url } from '@orderbus/service-kit';
import { z } from 'zod';
import { alertKinds } from './domain/alert.ts';
import type { Rule } from './domain/rule.ts';
import { usualRules } from './domain/usual-rules.ts';
import { StaffAddress } from './staff-address.ts';
import { webhookSettings } from './webhooks/settings.ts';

const mailKinds = alertKinds.filter((kind) => kind !== 'order-new');

const given = (config: object, name: string): boolean => {
  const value: unknown = config[name as keyof typeof config];
  return value !== undefined && !(Array.isArray(value) && value.length === 0);
};

/** Complains beside whatever else is wrong, not only once that is right. */
const neededForMail = (name: string) => ({ path: [name], message: 'Needed with SMTP_URL', when: () => true });

export const NotificationConfig = z
  .object({
    ...serviceSettings,
    ...webhookSettings,
    /** `smtp(s)://user:password@host:port`. Absent: alerts are recorded, nothing is mailed. */
    SMTP_URL: url(['smtp', 'smtps']).optional(),
    ALERT_FROM: z.email('Invalid mail address').optional(),
    /** The staff's addresses: who is told while there are no rules that say so. */
    ALERT_TO: list().pipe(z.array(StaffAddress)).default([]),
    ALERT_MAIL_KINDS: list()
      .pipe(z.array(z.enum(alertKinds)))
      .default(mailKinds),
    /** How long a message waits for more alerts of its kind before it leaves. */
    ALERT_GATHER: durationMs().default(10_000),
    /** The delays between the attempts to send a message; when they are used up, it has failed. */
    ALERT_MAIL_DELAYS: list().pipe(z.array(durationMs()).min(1)).default([30_000, 120_000, 600_000, 3_600_000, 21_600_000, 86_400_000]),
    /** Where the console is, for the links in messages. */
    CONSOLE_URL: url(['http', 'https']).optional(),
  })
  .refine((config) => given(config, 'ALERT_FROM') || !given(config, 'SMTP_URL'), neededForMail('ALERT_FROM'))
  .refine((config) => given(config, 'ALERT_TO') || !given(config, 'SMTP_URL'), neededForMail('ALERT_TO'));
export type NotificationConfig = z.output<typeof NotificationConfig>;

/** All that mailing needs, or nothing of it. */
export interface MailSettings {
  readonly smtpUrl: string;
  readonly from: string;
  readonly delaysMs: readonly number[];
}

export const mailSettings = (config: NotificationConfig): MailSettings | undefined =>
  config.SMTP_URL === undefined || config.ALERT_FROM === undefined
    ? undefined
    : {
        smtpUrl: config.SMTP_URL,
        from: config.ALERT_FROM,
        delaysMs: config.ALERT_MAIL_DELAYS,
      };

/** Who is told what while nobody has settled rules. */
export const rulesOfEnvironment = (config: NotificationConfig): readonly Rule[] =>
  mailSettings(config) === undefined ? [] : usualRules([...new Set(config.ALERT_TO)], config.ALERT_MAIL_KINDS);
