import type { Clock } from '@orderbus/kernel';
import type { Execution } from '@orderbus/outbox';
import type { Log } from '@orderbus/service-kit';
import type { FeedsApi } from '../amazon/sp-api.ts';
import type { Command } from '../domain/command.ts';
import type { Feed } from '../domain/feed.ts';
import type { FeedPatience } from '../domain/feed-patience.ts';
import type { Snapshot } from '../domain/translate.ts';
import type { InvoiceDocuments } from '../invoice-documents.ts';
import type { FeedTargets } from '../store/commit-feed.ts';

/** What everybody needs who works on feeds. */
export interface FeedWork {
  readonly execution: Execution;
  readonly targets: FeedTargets;
  readonly clock: Clock;
  readonly log: Log;
  readonly patience: FeedPatience;
  /** Amazon should be through by then; a person hears about it otherwise. */
  readonly stuckAfterMs: number;
  /** Reads the command's order at Amazon, and saves what it shows. */
  readonly look: (command: Command, signal: AbortSignal) => Promise<Snapshot>;
  /** Where the documents come from that Amazon wants to have. */
  readonly invoices: Pick<InvoiceDocuments, 'fetchPdf' | 'isDown'>;
  /** Told of each feed that Amazon has ended. */
  readonly ended: (feed: Feed, as: 'done' | 'fatal' | 'cancelled', at: Date) => void;
}

/** One feed, and the client of its store. */
export interface FeedAtWork<Api extends keyof FeedsApi> {
  readonly feed: Feed;
  readonly api: Pick<FeedsApi, Api>;
}

export const after = (clock: Clock, ms: number): string => new Date(clock.now().getTime() + ms).toISOString();
