import { type AmazonRefusal, type AmazonWriteKind, AmazonWriteUncertain, accept, type Decision, refuse } from '@orderbus/contracts';
import { orderIdOf } from '@orderbus/kernel';
import type { Booking } from './booking.ts';
import type { Command, CommandContent, LedgerContext, Step, Word } from './command.ts';
import { kinds } from './kinds.ts';
import { lifecycle } from './lifecycle.ts';
import { type Told, tellingOf } from './told.ts';
import type { AnyEvent, Verdict } from './write-kind.ts';
import type { Ask } from './write-request.ts';

/** The id under which a command is known: one for each intent, whenever and wherever it is derived. */
export const commandIdOf = (storeId: string, { kind, data }: Ask): string => orderIdOf(storeId, `${kind}:${kinds[kind].naturalKey(data)}`);

export const decideCommand = (
  known: Command | undefined,
  step: Step,
  { id, tenant }: { readonly id: string; readonly tenant: string },
  context: LedgerContext,
): Decision<CommandContent> => {
  const cell = lifecycle[known?.state ?? 'none'][step.type];
  if (step.type === 'request') return cell === 'as-checked' ? request(step.ask, id, tenant, context) : refuse('already-done');
  if (known === undefined) return refuse('not-allowed', 'no such command');
  if (cell === 'already-done' || cell === 'not-allowed') return refuse(cell, `it is ${known.state}`);
  if (step.fence !== undefined && step.fence !== known.fence) return refuse('already-done', 'somebody else has claimed it since');
  if ('attempt' in step && step.attempt !== known.attempts) return refuse('already-done', 'it has been sent again since');
  return advance(known, step, context);
};

const request = (ask: Ask, id: string, tenant: string, context: LedgerContext): Decision<CommandContent> => {
  const { orderId } = ask.data;
  const picture = context.pictureOf(orderId);
  if (picture === undefined) return refuse('too-early', 'the order is not known yet');
  if (picture.tenant !== tenant) return refuse('not-allowed', 'the order belongs to another store');
  const kind = kinds[ask.kind];
  const verdict = kind.check(ask.data, picture);
  if (verdict.verdict === 'nothing') return refuse('already-done', verdict.why);

  const { now, deadlineMs } = context;
  const { amazonOrderId, marketplaceId } = picture;
  const subject = kind.subject(ask.data);
  const dueAt = latest(now, kind.notBefore?.(ask.data));
  const asked: CommandContent = {
    kind: ask.kind,
    naturalKey: kind.naturalKey(ask.data),
    subject,
    turn: 1 + Math.max(0, ...picture.earlier.filter((other) => other.subject === subject).map((other) => other.turn)),
    orderId,
    amazonOrderId,
    marketplaceId,
    state: 'pending',
    request: kind.request(ask.data, picture, context),
    obstacle: verdict.verdict === 'send' ? (verdict.obstacle ?? null) : null,
    attempts: 0,
    readBacks: 0,
    nextAttemptAt: dueAt,
    sendingSince: null,
    fence: 0,
    leaseUntil: null,
    requestedAt: now,
    deadline: later(dueAt, deadlineMs),
    uncertainAt: null,
    settledAt: null,
    answer: null,
    readBack: null,
    decision: null,
    submittedAt: null,
    bookingLooks: 0,
    bookingLookAt: null,
    booking: null,
    feedId: null,
    messageId: null,
    cause: context.causeOf(id),
  };
  return settledByCheck(asked, verdict, context);
};

/** What our own check has decided needs no call. */
const settledByCheck = (asked: CommandContent, verdict: Verdict, context: LedgerContext): Decision<CommandContent> => {
  const { now } = context;
  if (verdict.verdict === 'refused') return failed(asked, verdict.refusal, { result: 'refused', at: now, ...verdict.refusal }, now);
  if (verdict.verdict === 'done') return done({ ...asked, readBack: { result: 'found', at: now, ...tellingOf(verdict) } }, context);
  return accept(asked);
};

const advance = (known: Command, step: Exclude<Step, { type: 'request' }>, context: LedgerContext): Decision<CommandContent> => {
  const { now } = context;
  switch (step.type) {
    case 'defer':
      return accept(deferred(known, step, now));
    case 'succeed':
      return done(
        { ...known, answer: { result: 'accepted', at: now, ...(step.words !== undefined && tellingOf({ ...step, words: step.words })) } },
        context,
      );
    case 'refuse':
      return failed(known, step.refusal, { result: 'refused', at: now, ...step.refusal }, now);
    case 'lose':
      return accept(lost(known, step, context));
    case 'submit':
      return submitted(known, now);
    case 'found':
      return done({ ...known, readBack: { result: 'found', at: now, ...tellingOf(step) } }, context);
    case 'absent':
      return accept(waiting(known, { readBack: { result: 'absent', at: now, ...tellingOf(step) }, nextAttemptAt: step.nextAttemptAt }));
    case 'doubt':
      return uncertain(
        { ...known, nextAttemptAt: null, leaseUntil: null, readBack: { result: 'unknown', at: now, ...tellingOf(step) } },
        step,
        context,
      );
    case 'overdue':
      return uncertain(known, step, context);
    case 'look':
      return lookNow(known, context.now);
    case 'recall':
      return recalled(known, step.why, context);
    case 'resend':
      return resend(known, step.by, context);
    case 'settle':
      return settle(known, step, context);
    case 'book':
      return booked(known, step.booking);
  }
};

const waiting = (known: Command, changes: Partial<CommandContent>): CommandContent => ({
  ...known,
  ...changes,
  state: 'pending',
  sendingSince: null,
  leaseUntil: null,
  bookingLooks: 0,
  bookingLookAt: null,
  feedId: null,
  messageId: null,
});

/** It was not sent: the attempt does not count. */
const deferred = (known: Command, { why, nextAttemptAt }: Extract<Step, { type: 'defer' }>, at: string): CommandContent =>
  waiting(known, { attempts: known.attempts - 1, answer: { result: 'not-sent', at, ...why }, nextAttemptAt });

/** Losing it anew, while it is unknown, is a look at the order that told nothing. */
const lost = (known: Command, { why, lookAt, perhapsRefused }: Extract<Step, { type: 'lose' }>, context: LedgerContext): CommandContent => {
  const at = context.now;
  const word: Word = { result: perhapsRefused ? 'refused' : 'unknown', at, ...why };
  const again = known.state === 'unknown';
  return {
    ...known,
    state: 'unknown',
    sendingSince: null,
    leaseUntil: null,
    nextAttemptAt: lookAt,
    readBacks: again ? known.readBacks + 1 : 0,
    ...(!again && toBeBooked(known, context)),
    ...(again ? { readBack: word } : { answer: word, readBack: null }),
  };
};

/**
 * It may have been sent by the database that this one is a copy of. What an order shows is read back; a refund and a document it does not
 * show, so that a person has to say, unless Amazon's books do.
 */
const recalled = (known: Command, why: AmazonRefusal, context: LedgerContext): Decision<CommandContent> => {
  const unseen = kindsThatNoOrderShows.has(known.kind);
  const content: CommandContent & Pick<Command, 'id'> = {
    ...known,
    ...{ state: 'unknown', sendingSince: null, leaseUntil: null, readBacks: 0, readBack: null },
    nextAttemptAt: unseen ? null : context.now,
    answer: { result: 'unknown', at: context.now, ...why },
    ...toBeBooked(known, context),
  };
  return unseen ? uncertain(content, why, context) : accept(content);
};

const kindsThatNoOrderShows: ReadonlySet<AmazonWriteKind> = new Set(['refund', 'invoice']);

/** A person is told once, until somebody has decided. */
const uncertain = (known: CommandContent & Pick<Command, 'id'>, told: Told, { now }: LedgerContext): Decision<CommandContent> => {
  if (known.uncertainAt !== null) return accept(known);
  const { kind, orderId, amazonOrderId, requestedAt: since } = known;
  return accept(
    { ...known, uncertainAt: now },
    AmazonWriteUncertain.of({ orderId, amazonOrderId, kind, commandId: known.id, since, ...tellingOf(told) }),
  );
};

/** The next look is due now: at the order, or, for what moves money, into Amazon's books. No answer shows what became of a document. */
const lookNow = (known: Command, now: string): Decision<CommandContent> => {
  if (kinds[known.kind].booked !== undefined) return accept({ ...known, bookingLookAt: now });
  if (known.kind === 'invoice') return refuse('not-allowed', 'Amazon shows nobody what became of a document');
  return accept({ ...known, nextAttemptAt: now });
};

const resend = (known: Command, by: string, context: LedgerContext): Decision<CommandContent> => {
  const { now, deadlineMs } = context;
  const picture = context.pictureOf(known.orderId);
  const superseded = picture && kinds[known.kind].superseded?.(known.request, picture);
  if (superseded !== undefined) return refuse('not-allowed', superseded);
  return accept({
    ...waiting(known, { nextAttemptAt: now }),
    decision: { did: 'resend', by, at: now },
    deadline: later(now, deadlineMs),
    uncertainAt: null,
    settledAt: null,
  });
};

const settle = (known: Command, { as, by, note }: Extract<Step, { type: 'settle' }>, context: LedgerContext): Decision<CommandContent> => {
  const { now } = context;
  const decided = { ...known, decision: { did: as, by, at: now, note } };
  if (as === 'done') return done(decided, context);
  const refusal = { code: 'ledger.settled-by-hand', words: note };
  return failed(decided, refusal, known.answer, now);
};

const done = (known: CommandContent, context: LedgerContext): Decision<CommandContent> =>
  accept(
    { ...ended(known, 'done', context.now), ...toBeBooked(known, context) },
    kinds[known.kind].confirmed(known.request, known, context.now),
  );

/** Amazon's books are looked into for what moves money, until they show it. */
const toBeBooked = (
  { kind }: CommandContent,
  { now, bookingMs }: LedgerContext,
): Pick<CommandContent, 'bookingLooks' | 'bookingLookAt'> => ({
  bookingLooks: 0,
  bookingLookAt: kinds[kind].booked === undefined ? null : later(now, bookingMs),
});

/** Told once, however often it is handed in. */
const submitted = (known: Command, now: string): Decision<CommandContent> => {
  if (known.submittedAt !== null) return refuse('already-done', `it was taken in at ${known.submittedAt}`);
  const event = kinds[known.kind].submitted?.(known.request, known, now);
  return accept({ ...known, submittedAt: now }, ...(event ? [event] : []));
};

const booked = (known: Command, booking: Booking): Decision<CommandContent> => {
  if (known.booking !== null) return refuse('already-done', `transaction ${known.booking.transactionId} has settled it`);
  const event = kinds[known.kind].booked?.(known.request, known, booking);
  return accept({ ...known, booking, bookingLookAt: null }, ...(event ? [event] : []));
};

const failed = (known: CommandContent, refusal: AmazonRefusal, answer: Word | null, now: string): Decision<CommandContent> =>
  accept(ended({ ...known, answer }, 'failed', now), rejectionOf(known, refusal));

const rejectionOf = (known: CommandContent, refusal: AmazonRefusal): AnyEvent => kinds[known.kind].rejected(known.request, known, refusal);

const ended = (known: CommandContent, state: 'done' | 'failed', settledAt: string): CommandContent => ({
  ...known,
  state,
  settledAt,
  nextAttemptAt: null,
  sendingSince: null,
  leaseUntil: null,
  bookingLookAt: null,
});

const later = (time: string, ms: number): string => new Date(Date.parse(time) + ms).toISOString();

const latest = (a: string, b: string | undefined): string => (b !== undefined && b > a ? b : a);
