import type { AmazonRefusal, AmazonWriteKind } from '@orderbus/contracts';
import type { Booking } from './booking.ts';
import type { CommandState } from './lifecycle.ts';
import type { Told } from './told.ts';
import type { Naming, Picture } from './write-kind.ts';
import type { Ask, WriteRequest } from './write-request.ts';

/** One intent towards Amazon, with everything that became of it. It is never deleted. */
export interface Command extends CommandContent {
  readonly id: string;
  readonly tenant: string;
  readonly version: number;
}

export interface CommandContent {
  readonly kind: AmazonWriteKind;
  readonly naturalKey: string;
  readonly subject: string;
  /** Its place among the commands with its subject, from 1. */
  readonly turn: number;
  readonly orderId: string;
  readonly amazonOrderId: string;
  readonly marketplaceId: string;
  readonly state: CommandState;
  readonly request: WriteRequest;
  /** What spoke against it when it was asked: the order is read afresh before it is sent. */
  readonly obstacle: AmazonRefusal | null;
  /** How often it was sent. */
  readonly attempts: number;
  /** How often Amazon was read back since it was last sent. */
  readonly readBacks: number;
  /** When to send it, or to read it back. Null: not by itself. */
  readonly nextAttemptAt: string | null;
  readonly sendingSince: string | null;
  /** Goes up with each claim. Whoever has claimed it last sends it, or reads it back: nobody else. */
  readonly fence: number;
  /** By the database's clock. After this moment, whoever has claimed it counts as dead. */
  readonly leaseUntil: string | null;
  readonly requestedAt: string;
  /** After this moment, a person hears about it. */
  readonly deadline: string;
  /** When a person was told that it is uncertain or overdue. */
  readonly uncertainAt: string | null;
  readonly settledAt: string | null;
  /** The last thing that came of sending it. */
  readonly answer: Word | null;
  /** The last thing that came of reading back. */
  readonly readBack: Word | null;
  /** Who decided by hand, and why. */
  readonly decision: PersonsDecision | null;
  /** When Amazon was known to have taken it in, and had not answered. */
  readonly submittedAt: string | null;
  /** How often Amazon's books were looked into for it, and when to do so next. Null: nothing is looked for. */
  readonly bookingLooks: number;
  readonly bookingLookAt: string | null;
  /** What Amazon's books show of it. */
  readonly booking: Booking | null;
  /** The feed that carried it, and its place there. */
  readonly feedId: string | null;
  readonly messageId: number | null;
  readonly cause: CommandCause;
}

/** What was heard, when. `refused`: a definite no; such a word outlives a look at the order that shows nothing. */
export interface Word extends Partial<AmazonRefusal> {
  readonly result: 'accepted' | 'refused' | 'not-sent' | 'unknown' | 'found' | 'absent';
  readonly at: string;
}

interface PersonsDecision {
  readonly did: 'resend' | 'done' | 'failed';
  readonly by: string;
  readonly at: string;
  readonly note?: string;
}

/** Where the command came from; its events carry it on. */
export interface CommandCause {
  readonly tenant: string;
  readonly correlationId: string;
  readonly causationId?: string | undefined;
  readonly traceparent?: string | undefined;
}

/** `fence`: a conclusion that counts only as long as nobody else has claimed the command since. */
export type Step = Move & { readonly fence?: number };

/** `attempt`: to which sending the answer belongs. An answer that comes after it was sent again says nothing about now. */
type Move =
  | { readonly type: 'request'; readonly ask: Ask }
  | { readonly type: 'defer'; readonly why: AmazonRefusal; readonly nextAttemptAt: string; readonly attempt?: number }
  | ({ readonly type: 'succeed'; readonly attempt?: number } & Partial<Told>)
  | { readonly type: 'refuse'; readonly refusal: AmazonRefusal; readonly attempt?: number }
  | {
      readonly type: 'lose';
      readonly why: AmazonRefusal;
      readonly perhapsRefused?: boolean;
      readonly lookAt: string;
      readonly attempt?: number;
    }
  | { readonly type: 'submit'; readonly attempt?: number }
  | ({ readonly type: 'found' } & Told)
  | { readonly type: 'book'; readonly booking: Booking }
  | ({ readonly type: 'absent'; readonly nextAttemptAt: string } & Told)
  | ({ readonly type: 'doubt' } & Told)
  | ({ readonly type: 'overdue' } & Told)
  | { readonly type: 'look' }
  | { readonly type: 'recall'; readonly why: AmazonRefusal }
  | { readonly type: 'resend'; readonly by: string }
  | { readonly type: 'settle'; readonly as: 'done' | 'failed'; readonly by: string; readonly note: string };

/** What deciding needs besides the command. */
export interface LedgerContext extends Naming {
  readonly now: string;
  /** How long a command may take before a person hears about it. */
  readonly deadlineMs: number;
  /** How long Amazon's books get before they are looked into for the first time. */
  readonly bookingMs: number;
  /** Where the wish for this command came from. */
  causeOf(commandId: string): CommandCause;
  /** Nothing for an order that we have not heard of. */
  pictureOf(orderId: string): Picture | undefined;
}
