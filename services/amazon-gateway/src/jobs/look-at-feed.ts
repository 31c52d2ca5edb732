import type { ToldRefusal } from '@orderbus/contracts';
import { AppError } from '@orderbus/kernel';
import { outcomeOf, retryAt } from '../amazon/certainty.ts';
import { readReport } from '../amazon/feeds/feed-document.ts';
import type { Feed as AmazonFeed } from '../amazon/sp-api.ts';
import type { Feed } from '../domain/feed.ts';
import { type ProcessingReport, type Verdict, verdictsOf } from '../domain/feed-report.ts';
import { followedBy } from '../domain/told.ts';
import { commitFeed } from '../store/commit-feed.ts';
import { deferAll, settleAll } from './feed-steps.ts';
import { after, type FeedAtWork, type FeedWork } from './feed-work.ts';
import { refusalOf } from './refusal.ts';

type Looking = FeedAtWork<'getFeed' | 'getFeedDocument' | 'downloadFeedDocument'>;

/** Amazon's words for a feed that it does not work on any more. */
const ends: Readonly<Record<string, 'done' | 'fatal' | 'cancelled'>> = { DONE: 'done', FATAL: 'fatal', CANCELLED: 'cancelled' };

/** How far Amazon is with a feed; when it is through, what it says about each of the commands. */
export const lookAtFeed = async (work: FeedWork, looking: Looking, signal: AbortSignal): Promise<void> => {
  const { feed, api } = looking;
  try {
    const seen = await api.getFeed(feed.amazonFeedId ?? '', signal);
    const as = ends[seen.processingStatus];
    if (as === undefined) return await lookAgain(work, feed, seen.processingStatus);
    if (as === 'cancelled') return await putBack(work, feed);
    await settle(work, looking, as, await reportOf(looking, seen, signal));
  } catch (error) {
    // Looking changes nothing: whatever went wrong, it is looked again.
    const lookAt = retryAt(error, work.clock.now()).toISOString();
    const { execution, targets } = work;
    await commitFeed(execution, targets, feed, {
      type: 'look',
      counts: false,
      isOverdue: isOverdue(work, feed),
      lookAt,
      why: refusalOf(error),
    });
  }
};

const lookAgain = async (work: FeedWork, feed: Feed, amazonStatus: string): Promise<void> => {
  const { execution, targets, clock, patience } = work;
  const lookAt = after(clock, patience.processingMs(feed.looks + 1));
  await commitFeed(execution, targets, feed, { type: 'look', counts: true, amazonStatus, isOverdue: isOverdue(work, feed), lookAt });
};

const isOverdue = ({ clock, stuckAfterMs }: FeedWork, { submittedAt }: Feed): boolean =>
  submittedAt !== null && clock.now().getTime() - Date.parse(submittedAt) > stuckAfterMs;

/** Somebody has taken it out of the queue: nothing of it has happened. */
const putBack = async ({ execution, targets, clock, ended, patience }: FeedWork, feed: Feed): Promise<void> => {
  const why = { code: 'feed.cancelled', words: 'The feed was cancelled before Amazon began with it.' };
  const step = { type: 'end', as: 'cancelled', report: null, accepted: 0, rejected: 0, why } as const;
  const done = await commitFeed(execution, targets, feed, step, deferAll(feed, why, after(clock, patience.processingMs(0))));
  if (done) ended(feed, 'cancelled', clock.now());
};

/** A report that can be read; or why there is none. */
type Reading = { readonly report: ProcessingReport } | { readonly why: ToldRefusal };

/** @throws whatever may pass: then it is asked for again. */
const reportOf = async ({ feed, api }: Looking, { resultFeedDocumentId }: AmazonFeed, signal: AbortSignal): Promise<Reading> => {
  if (resultFeedDocumentId === undefined) return { why: { code: 'feed.no-report', words: 'Amazon wrote no report.' } };
  try {
    const document = await api.getFeedDocument(resultFeedDocumentId, signal);
    return { report: readReport(feed.type, await api.downloadFeedDocument(document, signal)) };
  } catch (error) {
    if (!isUnreadable(error) && outcomeOf(error) !== 'refused') throw error;
    return { why: followedBy({ code: 'feed.report-unreadable', words: "Amazon's report cannot be read." }, refusalOf(error)) };
  }
};

const isUnreadable = (error: unknown): boolean => error instanceof AppError && error.code === 'feed.unreadable-report';

const settle = async (work: FeedWork, { feed }: Looking, as: 'done' | 'fatal', reading: Reading): Promise<void> => {
  const { execution, targets, clock, patience, ended, log } = work;
  const verdicts =
    'report' in reading ? verdictsOf(reading.report, feed.messages.length) : feed.messages.map(() => unknown(as, reading.why));
  const count = (wanted: Verdict['verdict']): number => verdicts.filter(({ verdict }) => verdict === wanted).length;
  const [accepted, rejected, unclear] = [count('accepted'), count('refused'), count('unknown')];
  const why = 'why' in reading ? reading.why : undefined;
  const report = 'report' in reading ? reading.report : null;
  const steps = settleAll(feed, verdicts, after(clock, patience.showsMs(0) ?? 0));
  if (!(await commitFeed(execution, targets, feed, { type: 'end', as, report, accepted, rejected, why }, steps))) return;
  ended(feed, as, clock.now());
  const level = unclear > 0 || as === 'fatal' ? 'error' : 'info';
  log[level]({ feed: feed.id, feedType: feed.type, as, accepted, rejected, unclear }, 'Amazon is through with a feed');
};

const endings = {
  fatal: { code: 'feed.fatal', words: 'Amazon gave up on the feed, and may have done some of it.' },
  done: { code: 'feed.worked-through', words: 'Amazon has worked through the feed.' },
} as const;

const unknown = (as: 'done' | 'fatal', why: ToldRefusal): Verdict => ({ verdict: 'unknown', ...followedBy(endings[as], why) });
