import type { FeedType } from '../../domain/feed.ts';
import type { FeedWish, InvoiceUpload } from '../../domain/feed-batch.ts';
import type { ProcessingReport } from '../../domain/feed-report.ts';
import { feedContentType } from './envelope.ts';
import { readFlatReport } from './flat-report.ts';
import { invoiceContentType, invoiceOptions } from './invoice-options.ts';
import { readProcessingReport } from './processing-report.ts';
import { writeFeed } from './write-feed.ts';

/** What is handed in, as Amazon wants it. It is held in memory only. */
export interface FeedDocument {
  readonly contentType: string;
  readonly content: string | Uint8Array;
  /** What Amazon has to be told beside it. */
  readonly options?: Readonly<Record<string, string>>;
}

export interface DocumentOptions {
  /** Amazon's id of the seller. */
  readonly merchantIdentifier: string;
  /** The PDF of a document, from whoever writes it. */
  readonly fetchPdf: (upload: InvoiceUpload) => Promise<Uint8Array>;
}

/** The document of a feed whose wishes are all of one type. @throws whatever keeps it from being written: nothing has left by then. */
export const feedDocument = async (
  wishes: readonly FeedWish[],
  { merchantIdentifier, fetchPdf }: DocumentOptions,
): Promise<FeedDocument> => {
  const [first] = wishes;
  if (first?.way === 'upload-invoice')
    return { contentType: invoiceContentType, content: await fetchPdf(first), options: invoiceOptions(first) };
  const messages = wishes.filter((wish) => wish.way !== 'upload-invoice');
  return { contentType: feedContentType, content: writeFeed(merchantIdentifier, messages) };
};

/** @throws AppError `feed.unreadable-report` */
export const readReport = (feedType: FeedType, text: string): ProcessingReport =>
  feedType === 'UPLOAD_VAT_INVOICE' ? readFlatReport(text) : readProcessingReport(text);
