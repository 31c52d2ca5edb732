import { AppError } from '@orderbus/kernel';
import { type Breaker, breaker, every, type Part, type ServiceKit, scrubText } from '@orderbus/service-kit';
import { createTransport } from 'nodemailer';
import type { MailSettings } from '../config.ts';
import { type ClaimedDelivery, claimDue, giveBack, markNotSent, markSent } from '../store/deliveries.ts';
import type { Templates } from '../words/templates.ts';
import { composeMail, type Mail } from './mail.ts';

const batchSize = 10;
const timeoutMs = 30_000;
const pollMs = 500;
/** Longer than a whole batch can take: nobody else claims a mail that is still being sent. */
const leaseMs = batchSize * timeoutMs + 60_000;

/**
 * Sends the mails that are due, each row first, then the call, then its outcome. At least once: a crash between the server's answer and
 * saving it sends the mail again, under the same message id. While the mail server is away they wait, longer after each attempt.
 */
export const mailSender = (kit: ServiceKit, settings: MailSettings, templates: Templates): Part => {
  const { database, log, metrics } = kit;
  /** Until an open circuit lets the next call through. */
  const circuitMs = Math.min(30_000, ...settings.delaysMs);
  const outcomes = metrics.counter({ name: 'mail_attempts_total', help: 'Attempts to send a mail, by outcome', labelNames: ['outcome'] });
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
    { name: 'smtp', timeoutMs, log, metrics, watch: kit.circuits.to('smtp'), isFailure: (error) => !isAnswer(error), resetMs: circuitMs },
    async (signal, { headers, ...mail }) => (await transport.sendMail({ ...mail, headers: { ...headers }, signal })).response,
  );

  const sent = async (delivery: ClaimedDelivery, answer: string): Promise<void> => {
    await markSent(database, delivery, answer.slice(0, 500));
    outcomes.inc({ outcome: 'sent' });
  };

  const failed = async (delivery: ClaimedDelivery, error: unknown): Promise<void> => {
    const delayMs = isRejection(error) ? undefined : settings.delaysMs[delivery.attempts - 1];
    const outcome = delayMs === undefined ? 'failed' : 'again-later';
    await markNotSent(database, delivery, reasonOf(error), delayMs);
    outcomes.inc({ outcome });
    log[delayMs === undefined ? 'error' : 'warn'](
      { err: error, delivery: delivery.id, alert: delivery.alert.id, attempts: delivery.attempts, delayMs },
      delayMs === undefined ? 'a mail could not be sent and is given up' : 'a mail could not be sent, it is tried again',
    );
  };

  const sendBatch = async (batch: readonly ClaimedDelivery[], signal: AbortSignal): Promise<void> => {
    for (const [n, delivery] of batch.entries()) {
      if (signal.aborted) return void (await giveBack(database, batch.slice(n), 0));
      const result = await send(composeMail(delivery, settings, templates)).then(
        (answer) => ({ answer }),
        (error: unknown) => ({ error }),
      );
      if ('answer' in result) await sent(delivery, result.answer);
      else if (isNotTried(result.error)) return void (await giveBack(database, batch.slice(n), circuitMs));
      else await failed(delivery, result.error);
    }
  };

  const turn = async (signal: AbortSignal): Promise<void> => {
    for (let claimed = batchSize; claimed === batchSize && !signal.aborted; ) {
      const batch = await claimDue(database, batchSize, leaseMs);
      await sendBatch(batch, signal);
      claimed = batch.length;
    }
  };

  const loop = every(pollMs, turn, { name: 'notification.mail', log });
  return {
    name: 'notification.mail',
    start: loop.start,
    stop: async () => {
      await loop.stop();
      await send.stop();
      transport.close();
    },
  };
};

/** The server is well, and says no to this mail or this recipient. */
const isAnswer = (error: unknown): boolean => ['EENVELOPE', 'EMESSAGE'].includes((error as { code?: string }).code ?? '');

/** It says no for good: repeating it changes nothing. 4xx answers ask for another try. */
const isRejection = (error: unknown): boolean => isAnswer(error) && ((error as { responseCode?: number }).responseCode ?? 0) >= 500;

const isNotTried = (error: unknown): boolean => error instanceof AppError && error.code === 'circuit.open';

const reasonOf = (error: unknown): string => scrubText(error instanceof Error ? error.message : String(error)).slice(0, 500);
