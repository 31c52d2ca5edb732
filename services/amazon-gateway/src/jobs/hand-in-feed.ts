import { AppError, failpoint } from '@orderbus/kernel';
import { codes } from '../amazon/amazon-error.ts';
import { outcomeOf, retryAt } from '../amazon/certainty.ts';
import { type FeedDocument, feedDocument } from '../amazon/feeds/feed-document.ts';
import type { FeedsApi } from '../amazon/sp-api.ts';
import type { InvoiceUpload } from '../domain/feed-batch.ts';
import { commitFeed } from '../store/commit-feed.ts';
import type { OpenedFeed } from '../store/open-feeds.ts';
import { deferAll, submitAll } from './feed-steps.ts';
import { after, type FeedWork } from './feed-work.ts';
import { refusalOf } from './refusal.ts';

export interface HandIn {
  readonly feed: OpenedFeed;
  /** Amazon's id of the seller. */
  readonly merchantIdentifier: string;
  readonly api: Pick<FeedsApi, 'createFeedDocument' | 'uploadFeedDocument' | 'createFeed'>;
  /** Until then it may be handed in: the feed is ours alone. In milliseconds of the machine's clock. */
  readonly leasedUntilMs: number;
  readonly signal: AbortSignal;
}

/**
 * Amazon does not want the feed: what is wrong with it passes, as an outage does, or a person has to look. The deadline of its commands
 * sees to that; meanwhile nothing has happened.
 */
const afterRefusalMs = 300_000;

/** Amazon takes a feed in two minutes: documents leave some calls to cancellations and refunds. */
const sparedForMoney = 5;

/**
 * Uploads the document, which may be done any number of times, and hands it in, which must not be done twice: that is written down first.
 * Answers whether Amazon has it.
 */
export const handInFeed = async (work: FeedWork, handIn: HandIn): Promise<boolean> => {
  const uploaded = await upload(work, handIn);
  if (uploaded === undefined) return false;
  const { documentId, options } = uploaded;
  const { feed, api, signal } = handIn;
  const { execution, targets, clock, patience, log } = work;
  if (!(await commitFeed(execution, targets, feed, { type: 'submit', documentId }))) return false;
  try {
    const { type: feedType, marketplaceIds } = feed;
    const { feedId: amazonFeedId } = await api.createFeed(
      { feedType, marketplaceIds, inputFeedDocumentId: documentId, ...(options && { feedOptions: options }) },
      signal,
      { spare: feedType === 'UPLOAD_VAT_INVOICE' ? sparedForMoney : 0, permit: () => permit(handIn) },
    );
    failpoint('after_amazon_call_before_commit');
    const lookAt = after(clock, patience.processingMs(0));
    const isOurs = await commitFeed(execution, targets, feed, { type: 'take', amazonFeedId, lookAt }, submitAll(feed));
    if (!isOurs) log.error({ feed: feed.id, amazonFeedId }, 'Amazon has taken a feed that had been given up: look at what it does');
    return true;
  } catch (error) {
    await afterFailure(work, handIn, error);
    return false;
  }
};

/** A process that was held up for longer than its lease: others are searching for this feed by now. */
const permit = async ({ leasedUntilMs }: HandIn): Promise<void> => {
  if (Date.now() > leasedUntilMs) throw new AppError('unavailable', codes.leaseLost);
};

type Uploaded = Pick<FeedDocument, 'options'> & { readonly documentId: string };

/** The document's id; nothing when it could not be uploaded, and the commands wait again. */
const upload = async (work: FeedWork, handIn: HandIn): Promise<Uploaded | undefined> => {
  const { feed, merchantIdentifier, api, signal } = handIn;
  try {
    const fetchPdf = (wish: InvoiceUpload) => work.invoices.fetchPdf(wish, signal);
    const { contentType, content, options } = await feedDocument(feed.wishes, { merchantIdentifier, fetchPdf });
    const { feedDocumentId: documentId, url } = await api.createFeedDocument(contentType, signal);
    await api.uploadFeedDocument(url, contentType, content, signal);
    return { documentId, ...(options && { options }) };
  } catch (error) {
    // Whatever went wrong: a document alone does nothing at Amazon.
    await drop(work, handIn, error, outcomeOf(error) === 'refused');
    return undefined;
  }
};

const afterFailure = async (work: FeedWork, handIn: HandIn, error: unknown): Promise<void> => {
  const { execution, targets, clock, patience, log } = work;
  const { feed } = handIn;
  const outcome = outcomeOf(error);
  if (outcome !== 'unknown') return drop(work, handIn, error, outcome === 'refused');
  log.warn({ err: error, feed: feed.id, feedType: feed.type }, 'nobody knows whether Amazon has a feed: it is searched for');
  const lookAt = after(clock, patience.unknownMs(0) ?? 0);
  await commitFeed(execution, targets, feed, { type: 'lose', why: refusalOf(error), lookAt });
};

const drop = async ({ execution, targets, clock, log }: FeedWork, { feed }: HandIn, error: unknown, isRefused: boolean): Promise<void> => {
  log.warn({ err: error, feed: feed.id, feedType: feed.type }, 'a feed could not be handed in, its commands wait');
  const why = refusalOf(error);
  const nextAttemptAt = isRefused ? after(clock, afterRefusalMs) : retryAt(error, clock.now()).toISOString();
  await commitFeed(execution, targets, feed, { type: 'drop', why }, deferAll(feed, why, nextAttemptAt));
};
