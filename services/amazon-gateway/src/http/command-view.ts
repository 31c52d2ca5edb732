import { AmazonRefusal, AmazonWriteKind } from '@orderbus/contracts';
import { z } from 'zod';
import { commandStates } from '../domain/lifecycle.ts';
import { whyItWaits } from '../domain/why-it-waits.ts';
import type { StandingCommand } from '../store/command-list.ts';
import { InOtherWords } from './in-other-words.ts';

const time = z.iso.datetime();

const Word = AmazonRefusal.partial().extend({
  result: z.enum(['accepted', 'refused', 'not-sent', 'unknown', 'found', 'absent']),
  at: time,
});

/** A command in a list. */
export const CommandSummary = z.object({
  id: z.uuid(),
  storeId: z.string(),
  kind: AmazonWriteKind,
  orderId: z.uuid(),
  amazonOrderId: z.string(),
  state: z.enum(commandStates),
  attempts: z.int().describe('How often it was sent'),
  requestedAt: time,
  settledAt: time.optional(),
  nextAttemptAt: time.optional().describe('When it is sent, or read back; absent: not by itself'),
  waits: z.string().optional().describe('Why it is not resolved'),
  waiting: InOtherWords.optional(),
});
export type CommandSummary = z.output<typeof CommandSummary>;

/** Everything that is known of a command. */
export const CommandView = CommandSummary.extend({
  naturalKey: z.string().describe('Asking again under the same key is asking once'),
  marketplaceId: z.string(),
  request: z.record(z.string(), z.unknown()).describe('What is asked of Amazon, in our words'),
  obstacle: AmazonRefusal.optional().describe('What spoke against it when it was asked: the order is read before it is sent'),
  answer: Word.optional().describe('What came of sending it the last time'),
  readBacks: z.int().describe('How often the order was read since, to see what came of it'),
  readBack: Word.optional().describe('What the last look showed'),
  deadline: time.describe('When somebody is told, if it is not resolved'),
  uncertainAt: time.optional().describe('When somebody was told'),
  decision: z
    .object({ did: z.enum(['resend', 'done', 'failed']), by: z.string(), at: time, note: z.string().optional() })
    .optional()
    .describe('What a person decided last'),
  submittedAt: time.optional().describe('When Amazon had taken it in'),
  booking: z
    .object({ transactionId: z.string(), currency: z.string(), amountMinor: z.int(), settledAt: time })
    .optional()
    .describe("What Amazon's books show of it"),
  behind: z.uuid().optional().describe('The command that has to be resolved first'),
  feedId: z.uuid().optional(),
  messageId: z.int().optional(),
});
export type CommandView = z.output<typeof CommandView>;

export const summaryOf = (command: StandingCommand, now: Date): CommandSummary => {
  const { id, tenant: storeId, kind, orderId, amazonOrderId, state, attempts, requestedAt, settledAt, nextAttemptAt } = command;
  const why = whyItWaits(command, command, now);
  return {
    ...present({ id, storeId, kind, orderId, amazonOrderId, state, attempts, requestedAt, settledAt, nextAttemptAt }),
    ...(why && { waits: why.words, waiting: { code: why.code, ...(why.facts && { facts: why.facts }) } }),
  };
};

export const viewOf = (command: StandingCommand, now: Date): CommandView => {
  const { naturalKey, marketplaceId, obstacle, answer, readBacks, readBack, deadline, uncertainAt, decision, behind } = command;
  const { submittedAt, booking, feedId, messageId } = command;
  return {
    ...summaryOf(command, now),
    ...present({ naturalKey, marketplaceId, request: { ...command.request }, readBacks, deadline }),
    ...present({ obstacle, answer, readBack, uncertainAt, decision, submittedAt, booking, behind, feedId, messageId }),
  };
};

/** Without the fields that have no value. */
const present = <T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], null> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined)) as never;
