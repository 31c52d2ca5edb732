import type { WorldFeed } from '../../world/feed.ts';
import type { FeedDocuments } from '../../world/feed-documents.ts';
import type { FeedOutcome } from '../../world/feeds.ts';
import type { WorldOrder } from '../../world/order.ts';
import type { World } from '../../world/world.ts';
import type { WriteEntry, WriteLedger } from '../../world/write-ledger.ts';
import { applyDecision } from '../apply-decision.ts';
import { WriteRefused } from '../decision.ts';
import { type EnvelopedMessage, readEnvelope } from './envelope.ts';
import { type FeedKind, type FeedMessage, feedKinds } from './feed-types.ts';
import { renderFlatReport } from './flat-report.ts';
import { fileInvoice, invoiceFeedType } from './invoice.ts';
import { type Report, type ReportResult, renderReport } from './processing-report.ts';
import { SchemaViolation } from './schema.ts';
import { IllFormed, parseXml } from './xml.ts';

export interface FeedWorkshop {
  readonly world: World;
  readonly documents: FeedDocuments;
  readonly ledger: WriteLedger;
}

/** Does what a feed says, message by message, and writes the report. One bad message does not hold up the others. */
export const processFeed = (workshop: FeedWorkshop, feed: WorldFeed, at: number): FeedOutcome => {
  const run: Run = { ...workshop, feed, at };
  const document = workshop.documents.find(feed.inputDocumentId, at);
  if (feed.feedType === invoiceFeedType) return reported(workshop, feed, renderFlatReport(fileInvoice(run, document)), at);
  const kind = feedKinds.get(feed.feedType);
  if (!document?.content || !kind || !/^text\/xml\b/i.test(document.contentType)) {
    record(run, { effect: 'refused', request: null, reason: 'The document was not uploaded, or is not declared as text/xml.' });
    return { status: 'FATAL' };
  }
  const { messagesProcessed, results } = resultsOf(run, Buffer.from(document.content, 'base64'), kind);
  const report = renderReport({ merchantIdentifier: feed.sellerId, feedId: feed.feedId, messagesProcessed, results });
  return reported(workshop, feed, report, at);
};

/** Every other report is compressed, so that a client meets both. */
const reported = ({ documents }: FeedWorkshop, { feedId, sellerId }: WorldFeed, report: string, at: number): FeedOutcome => {
  const compressed = Number(feedId) % 2 === 0;
  return { status: 'DONE', resultDocumentId: documents.createReport(sellerId, report, compressed, at).documentId };
};

interface Run extends FeedWorkshop {
  readonly feed: WorldFeed;
  readonly at: number;
}

const resultsOf = (run: Run, bytes: Buffer, kind: FeedKind): Pick<Report, 'messagesProcessed' | 'results'> => {
  try {
    const messages = messagesOf(bytes, kind, run.feed);
    return { messagesProcessed: messages.length, results: messages.flatMap((message) => resultOf(run, message, kind) ?? []) };
  } catch (error) {
    const { messageCode, description } = complaintOf(error);
    record(run, { effect: 'refused', request: null, reason: description });
    return { messagesProcessed: 0, results: [{ messageId: '0', resultCode: 'Error', messageCode, description }] };
  }
};

const messagesOf = (bytes: Buffer, kind: FeedKind, { sellerId, feedType }: WorldFeed): readonly EnvelopedMessage[] => {
  const { merchantIdentifier, messageType, messages } = readEnvelope(parseXml(bytes));
  if (merchantIdentifier !== sellerId) {
    throw new SchemaViolation(`the MerchantIdentifier '${merchantIdentifier}' is not that of the seller.`);
  }
  if (messageType !== kind.messageType) {
    throw new SchemaViolation(`the MessageType '${messageType}' does not belong into a feed of the type ${feedType}.`);
  }
  return messages;
};

const resultOf = (run: Run, enveloped: EnvelopedMessage, kind: FeedKind): ReportResult | undefined => {
  const { messageId } = enveloped;
  let message: FeedMessage | undefined;
  try {
    message = kind.read(enveloped);
    const order = orderOf(run, message);
    const decision = message.decide(order, run.at);
    applyDecision(run.world, order, decision, run.at);
    const { effect, packageReference, warning } = decision;
    record(run, { messageId, orderId: order.orderId, packageReference, effect, request: message.content, reason: warning });
    if (!warning) return undefined;
    return { messageId, resultCode: 'Warning', messageCode: remarkCode, description: warning, amazonOrderId: order.orderId };
  } catch (error) {
    const { messageCode, description } = complaintOf(error);
    const amazonOrderId = message?.amazonOrderId;
    record(run, { messageId, orderId: amazonOrderId, effect: 'refused', request: message?.content ?? null, reason: description });
    return { messageId, resultCode: 'Error', messageCode, description, amazonOrderId };
  }
};

const orderOf = ({ world, feed }: Run, { amazonOrderId }: FeedMessage): WorldOrder => {
  const order = amazonOrderId === undefined ? undefined : world.orders.find(amazonOrderId);
  if (order?.sellerId !== feed.sellerId) throw new WriteRefused('The AmazonOrderID is missing or is not that of an order of the seller.');
  if (!feed.marketplaceIds.includes(order.marketplaceId)) {
    throw new WriteRefused('The order belongs to a marketplace for which the feed was not submitted.');
  }
  if (order.channel) throw new WriteRefused('The order was not placed on Amazon.');
  if (order.fulfilledBy === 'AMAZON') throw new WriteRefused('The order is fulfilled by Amazon (AFN).');
  if (order.status === 'PENDING' || order.status === 'PENDING_AVAILABILITY') {
    throw new WriteRefused('The order is still pending: it cannot be processed yet.');
  }
  return order;
};

const illFormedCode = 50_001;
const schemaCode = 5000;
const refusedCode = 18_028;
const remarkCode = 18_000;

/** What is none of these is a mistake of the sandbox, and goes on as it is. */
const complaintOf = (error: unknown): { messageCode: number; description: string } => {
  if (error instanceof IllFormed) return { messageCode: illFormedCode, description: error.message };
  if (error instanceof SchemaViolation) return { messageCode: schemaCode, description: error.message };
  if (error instanceof WriteRefused) return { messageCode: refusedCode, description: error.message };
  throw error;
};

const record = (
  { ledger, feed, at }: Run,
  entry: Pick<WriteEntry, 'messageId' | 'orderId' | 'packageReference' | 'effect' | 'request' | 'reason'>,
): void => ledger.record({ at, operation: feed.feedType, sellerId: feed.sellerId, feedId: feed.feedId, ...entry });
