import querystring from 'node:querystring';
import { AppError } from '@orderbus/kernel';
import { type Breaker, breaker, type ServiceKit, scrubText } from '@orderbus/service-kit';
import { createTransport } from 'nodemailer';
import type { MailSettings } from '../../config.ts';
import { isAmazonRelay, noBuyers } from '../../domain/recipients.ts';
import type { Carrier, Letter, Outcome } from './carrier.ts';

const timeoutMs = 30_000;
/** Of what a server says of a mail that it does not take. */
const longestSaying = 500;

/** By SMTP, one after the other. */
export const mailCarrier = ({ log, metrics, circuits }: ServiceKit, settings: MailSettings): Carrier => {
  const withoutPassword = forgetting(settings.smtpUrl);
  /** Until an open circuit lets the next call through. */
  const circuitMs = Math.min(30_000, ...settings.delaysMs);
  // Lost connections are tried again by us, with a count and a delay, not at once by the pool.
  const transport = createTransport({
    url: settings.smtpUrl,
    pool: true,
    maxConnections: 1,
    maxRequeues: 0,
    idleTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const send: Breaker<[Mail], string> = breaker(
    { name: 'smtp', timeoutMs, log, metrics, watch: circuits.to('smtp'), isFailure: (error) => !isAnswer(error), resetMs: circuitMs },
    async (signal, { headers, ...mail }) => (await transport.sendMail({ ...mail, headers: { ...headers }, signal })).response,
  );

  return {
    ...{ name: 'mail', channels: ['mail'], together: 1, timeoutMs },
    send: async (letter) => {
      if (isAmazonRelay(letter.delivery.recipient)) return { outcome: 'never', error: noBuyers };
      return send(mailOf(letter, settings.from)).then(
        (answer): Outcome => ({ outcome: 'sent', answer: withoutPassword(answer) }),
        (error: unknown): Outcome => {
          if (error instanceof AppError && error.code === 'circuit.open') return { outcome: 'not-tried', afterMs: circuitMs };
          const said = withoutPassword(error instanceof Error ? error.message : String(error))
            .replace(/\s+/g, ' ')
            .slice(0, longestSaying);
          const code = isAnswer(error) ? 'delivery.mail-refused' : 'delivery.mail-not-sent';
          return { outcome: isRejection(error) ? 'never' : 'again', error: { code, words: said, facts: { said } } };
        },
      );
    },
    stop: async () => {
      await send.stop();
      transport.close();
    },
  };
};

/** A mail as it goes to the server. */
interface Mail {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The same for every attempt at a delivery, so that mail systems can drop the second copy of one that was sent twice. */
  readonly messageId: string;
  readonly date: Date;
  readonly headers: Readonly<Record<string, string>>;
}

const mailOf = ({ delivery: { id, recipient, plannedFor }, words: { title, text, html } }: Letter, from: string): Mail => ({
  from: { name: 'Orderbus', address: from },
  to: { name: '', address: recipient },
  subject: title,
  ...{ text, html },
  messageId: `<${id}@${from.slice(from.lastIndexOf('@') + 1)}>`,
  date: new Date(plannedFor),
  // Out-of-office answers to a machine help nobody.
  headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
});

/** There are servers that repeat what they were shown. */
const forgetting = (smtpUrl: string) => {
  const { username, password } = new URL(smtpUrl);
  const [user, secret] = [querystring.unescape(username), querystring.unescape(password)];
  const forms = secret === '' ? [] : [secret, password, base64(secret), base64(`\0${user}\0${secret}`)];
  return (text: string): string => forms.reduce((clean, form) => clean.replaceAll(form, '[redacted]'), scrubText(text));
};

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** The server is well, and says no to this mail or this recipient. */
const isAnswer = (error: unknown): boolean => ['EENVELOPE', 'EMESSAGE'].includes((error as { code?: string }).code ?? '');

/** It says no for good: repeating it changes nothing. 4xx answers ask for another try. */
const isRejection = (error: unknown): boolean => isAnswer(error) && ((error as { responseCode?: number }).responseCode ?? 0) >= 500;
