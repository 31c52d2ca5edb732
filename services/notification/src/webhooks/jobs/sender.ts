import type { Transaction } from '@orderbus/outbox';
import { every, type Job, type ServiceKit } from '@orderbus/service-kit';
import { afterAnswers, type Health } from '../domain/health.ts';
import type { Staff } from '../stopped.ts';
import { settle, webhooksDue } from '../store/queue.ts';
import { lockWebhook, saveWebhook } from '../store/webhooks.ts';
import { type LaneOptions, runLane, type Sent } from './lane.ts';

export interface SenderOptions extends Omit<LaneOptions, 'database' | 'clock' | 'tracing' | 'record'> {
  readonly staff: Staff;
  /** How long a target may do nothing but fail. */
  readonly pauseAfterMs: number;
}

const pollMs = 250;
/** What another instance has written, and what waits for its time, is found so late at most. */
const idleMs = 2_000;

/** Sends what is due, for each webhook in a lane of its own. */
export const webhookSender = (kit: ServiceKit, options: SenderOptions): Job => {
  const { database, clock, log, metrics, tracing } = kit;
  const outcomes = metrics.counter({
    name: 'webhook_attempts_total',
    help: 'Attempts to call a webhook, by outcome',
    labelNames: ['outcome'],
  });
  const lanes = new Map<string, Promise<void>>();

  const record = async (webhookId: string, sent: readonly Sent[]): Promise<boolean> => {
    const { goesOn, stopped } = await database.transaction((tx) => recordIn(tx, webhookId, sent, options, clock.now()));
    for (const { attempt } of sent) outcomes.inc({ outcome: attempt.outcome });
    if (stopped) log.error({ webhook: webhookId, reason: stopped.stateReason, failures: stopped.failures }, 'a webhook was stopped');
    return goesOn;
  };

  const open = (webhookId: string, signal: AbortSignal): void => {
    const lane = runLane(webhookId, { ...options, database, clock, tracing, record }, signal)
      .catch((err: unknown) => log.error({ err, webhook: webhookId }, 'sending was interrupted: what was under way is sent again'))
      .finally(() => lanes.delete(webhookId));
    lanes.set(webhookId, lane);
  };

  const turn = async (signal: AbortSignal): Promise<boolean> => {
    for (const webhookId of await webhooksDue(database, clock.now())) if (!lanes.has(webhookId)) open(webhookId, signal);
    return lanes.size > 0;
  };

  const loop = every(pollMs, turn, { name: 'notification.webhooks', log, idleMs });
  return {
    name: 'notification.webhooks',
    start: loop.start,
    wake: loop.wake,
    // Calls that are under way have an end of their own.
    stop: async () => {
      await loop.stop();
      await Promise.all(lanes.values());
    },
  };
};

interface Recorded {
  /** It may be called again now. */
  readonly goesOn: boolean;
  /** How it stands with it, when it was stopped by this. */
  readonly stopped?: Health;
}

/** What came of deliveries, and what follows from it for their webhook. */
const recordIn = async (
  tx: Transaction,
  webhookId: string,
  sent: readonly Sent[],
  { pauseAfterMs, staff }: SenderOptions,
  now: Date,
): Promise<Recorded> => {
  await settle(tx, webhookId, sent, now);
  if (sent.every(({ answered, claimed }) => answered.taken && claimed.failures === 0)) return { goesOn: true };
  const before = await lockWebhook(tx, webhookId);
  if (!before) return { goesOn: false };
  const answers = sent.map(({ answered }) => answered);
  const health = afterAnswers(before, answers, now, pauseAfterMs);
  const stopped = before.state === 'enabled' && health.state !== 'enabled';
  const after = { ...before, ...health, told: stopped ? before.told + 1 : before.told };
  await saveWebhook(tx, after);
  if (stopped) await staff.stopped(tx, after);
  return { goesOn: health.state === 'enabled' && health.restUntil === null, ...(stopped ? { stopped: health } : {}) };
};
