import { durationMs, list, serviceSettings, url } from '@orderbus/service-kit';
import { z } from 'zod';
import { type AlertKind, alertKinds, natureOf } from './domain/alert.ts';
import { webhookSettings } from './webhooks/settings.ts';

const mailKinds = alertKinds.filter((kind) => natureOf[kind].severity === 'attention');

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
    /** The staff's addresses: the only ones that mail is ever sent to. */
    ALERT_TO: list()
      .pipe(z.array(z.email('Invalid mail address')))
      .default([]),
    ALERT_MAIL_KINDS: list()
      .pipe(z.array(z.enum(alertKinds)))
      .default(mailKinds),
    /** The delays between the attempts to send a mail; when they are used up, it has failed. */
    ALERT_MAIL_DELAYS: list().pipe(z.array(durationMs()).min(1)).default([30_000, 120_000, 600_000, 3_600_000, 21_600_000, 86_400_000]),
    /** Where the console is, for the links in the mails. */
    CONSOLE_URL: url(['http', 'https']).optional(),
  })
  .refine((config) => given(config, 'ALERT_FROM') || !given(config, 'SMTP_URL'), neededForMail('ALERT_FROM'))
  .refine((config) => given(config, 'ALERT_TO') || !given(config, 'SMTP_URL'), neededForMail('ALERT_TO'));
export type NotificationConfig = z.output<typeof NotificationConfig>;

/** All that mailing needs, or nothing of it. */
export interface MailSettings {
  readonly smtpUrl: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly kinds: readonly AlertKind[];
  readonly delaysMs: readonly number[];
  readonly consoleUrl: string | undefined;
}

export const mailSettings = (config: NotificationConfig): MailSettings | undefined =>
  config.SMTP_URL === undefined || config.ALERT_FROM === undefined
    ? undefined
    : {
        smtpUrl: config.SMTP_URL,
        from: config.ALERT_FROM,
        to: [...new Set(config.ALERT_TO)],
        kinds: config.ALERT_MAIL_KINDS,
        delaysMs: config.ALERT_MAIL_DELAYS,
        consoleUrl: config.CONSOLE_URL,
      };
