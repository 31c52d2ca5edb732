import { AmazonFeedFinished, AmazonFeedStuck, type AmazonRefusal, accept, type Decision, refuse } from '@orderbus/contracts';
import { type FeedState, feedLifecycle } from './feed-lifecycle.ts';
import type { ProcessingReport } from './feed-report.ts';

export const feedTypes = ['POST_ORDER_ACKNOWLEDGEMENT_DATA', 'POST_PAYMENT_ADJUSTMENT_DATA', 'UPLOAD_VAT_INVOICE'] as const;
export type FeedType = (typeof feedTypes)[number];

/** How many commands go into one: a document is a feed of its own. */
export const mostMessages: Readonly<Record<FeedType, number>> = {
  POST_ORDER_ACKNOWLEDGEMENT_DATA: Number.POSITIVE_INFINITY,
  POST_PAYMENT_ADJUSTMENT_DATA: Number.POSITIVE_INFINITY,
  UPLOAD_VAT_INVOICE: 1,
};

/** A batch of commands on its way to Amazon. It is never deleted, and says where a process that died has stopped. */
export interface Feed extends FeedContent {
  readonly id: string;
  readonly tenant: string;
  readonly version: number;
}

interface FeedContent {
  readonly type: FeedType;
  readonly state: FeedState;
  readonly marketplaceIds: readonly string[];
  /** The n-th is message n + 1. */
  readonly messages: readonly FeedMessage[];
  readonly openedAt: string;
  /** The moment before it was handed in. */
  readonly submittedAt: string | null;
  readonly finishedAt: string | null;
  readonly documentId: string | null;
  /** Amazon's name of the feed. */
  readonly amazonFeedId: string | null;
  /** How far Amazon said it is, in Amazon's words. */
  readonly amazonStatus: string | null;
  /** How often it was looked for, or at, since its last change of state. */
  readonly looks: number;
  /** When to do so again. Null: nothing is left to be seen. */
  readonly nextLookAt: string | null;
  /** Since when a person knows that Amazon does not finish it. */
  readonly stuckAt: string | null;
  /** What kept it back, or is wrong with it; and the same for whoever says it in another language. */
  readonly words: string | null;
  readonly wordsCode: string | null;
  readonly wordsFacts: AmazonRefusal['facts'] | null;
  readonly report: ProcessingReport | null;
  readonly accepted: number | null;
  readonly rejected: number | null;
}

export interface FeedMessage {
  readonly commandId: string;
  /** The command's count of sendings, this one included. */
  readonly attempt: number;
  /** Nothing at Amazon shows whether it was paid. */
  readonly isRefund: boolean;
  /** What the order's lines had when single units were to be canceled: what is read back is compared with it. */
  readonly before?: readonly { readonly lineId: string; readonly quantity: number }[];
}

export type FeedStep =
  | { readonly type: 'open'; readonly feed: Pick<Feed, 'type' | 'marketplaceIds' | 'messages'> }
  | { readonly type: 'submit'; readonly documentId: string }
  | { readonly type: 'take'; readonly amazonFeedId: string; readonly lookAt: string }
  | { readonly type: 'lose'; readonly why: AmazonRefusal; readonly lookAt: string }
  | { readonly type: 'drop'; readonly why: AmazonRefusal }
  /** `counts`: Amazon was there to be asked. */
  | {
      readonly type: 'look';
      readonly counts: boolean;
      readonly amazonStatus?: string;
      readonly isOverdue?: boolean;
      readonly lookAt: string;
      readonly why?: AmazonRefusal;
    }
  | { readonly type: 'give-up'; readonly why: AmazonRefusal }
  | ({ readonly type: 'end'; readonly as: 'done' | 'fatal' | 'cancelled' } & FeedResult);

interface FeedResult {
  readonly report: ProcessingReport | null;
  readonly accepted: number;
  readonly rejected: number;
  /** Why there is no report. */
  readonly why?: AmazonRefusal | undefined;
}

export const decideFeed = (
  known: Feed | undefined,
  step: FeedStep,
  _about: unknown,
  { now }: { readonly now: string },
): Decision<FeedContent> => {
  const cell = feedLifecycle[known?.state ?? 'none'][step.type];
  if (cell === 'already-done' || cell === 'not-allowed') return refuse(cell, `the feed is ${known?.state ?? 'not there'}`);
  if (step.type === 'open') return accept(opened(step.feed, now));
  if (known === undefined) return refuse('not-allowed', 'no such feed');
  switch (step.type) {
    case 'submit':
      return accept({ ...known, state: 'submitting', documentId: step.documentId, submittedAt: now });
    case 'take':
      return accept({ ...known, state: 'processing', amazonFeedId: step.amazonFeedId, looks: 0, nextLookAt: step.lookAt, ...saying() });
    case 'lose':
      return accept({ ...known, state: 'unknown', looks: 0, nextLookAt: step.lookAt, ...saying(step.why) });
    case 'drop':
      return accept(finished(known, 'dropped', now, step.why));
    case 'give-up':
      return accept(finished(known, 'lost', now, step.why));
    case 'look':
      return look(known, step, now);
    case 'end':
      return end(known, step, now);
  }
};

const opened = (feed: Pick<Feed, 'type' | 'marketplaceIds' | 'messages'>, now: string): FeedContent => ({
  ...feed,
  state: 'uploading',
  openedAt: now,
  submittedAt: null,
  finishedAt: null,
  documentId: null,
  amazonFeedId: null,
  amazonStatus: null,
  looks: 0,
  nextLookAt: now,
  stuckAt: null,
  ...saying(),
  report: null,
  accepted: null,
  rejected: null,
});

const finished = (known: Feed, state: FeedState, finishedAt: string, why: AmazonRefusal | undefined): FeedContent => ({
  ...known,
  state,
  finishedAt,
  nextLookAt: null,
  ...saying(why),
});

const saying = (why?: AmazonRefusal): Pick<Feed, 'words' | 'wordsCode' | 'wordsFacts'> => ({
  words: why?.words ?? null,
  wordsCode: why?.code ?? null,
  wordsFacts: why?.facts ?? null,
});

/** That Amazon does not finish it is said once. */
const look = (known: Feed, step: Extract<FeedStep, { type: 'look' }>, now: string): Decision<FeedContent> => {
  const { amazonFeedId, submittedAt, messages, type: feedType } = known;
  const seen: FeedContent = {
    ...known,
    amazonStatus: step.amazonStatus ?? known.amazonStatus,
    looks: known.looks + (step.counts ? 1 : 0),
    nextLookAt: step.lookAt,
    ...saying(step.why),
  };
  if (!step.isOverdue || known.stuckAt !== null || amazonFeedId === null || submittedAt === null) return accept(seen);
  return accept({ ...seen, stuckAt: now }, AmazonFeedStuck.of({ feedId: amazonFeedId, feedType, submittedAt, commands: messages.length }));
};

/** Whoever heard that it is stuck hears that it is not any more. */
const end = (known: Feed, step: Extract<FeedStep, { type: 'end' }>, now: string): Decision<FeedContent> => {
  const { report, accepted, rejected, why, as } = step;
  const ended: FeedContent = { ...finished(known, as, now, why), amazonStatus: as.toUpperCase(), report, accepted, rejected };
  if (known.stuckAt === null || known.amazonFeedId === null) return accept(ended);
  return accept(ended, AmazonFeedFinished.of({ feedId: known.amazonFeedId, feedType: known.type, accepted, rejected }));
};
