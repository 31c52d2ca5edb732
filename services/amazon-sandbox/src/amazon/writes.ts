import type { FeedFates } from '../world/feed.ts';
import { FeedDocuments } from '../world/feed-documents.ts';
import { type FeedDelays, Feeds } from '../world/feeds.ts';
import type { SavedWorld } from '../world/journal.ts';
import type { Keeper } from '../world/keeper.ts';
import { UploadDestinations } from '../world/upload-destinations.ts';
import type { World } from '../world/world.ts';
import { WriteLedger } from '../world/write-ledger.ts';
import { processFeed } from './feeds/process-feed.ts';

/** Everything a seller's writes go through, as a part of the world. */
export interface Writes {
  readonly ledger: WriteLedger;
  readonly documents: FeedDocuments;
  readonly feeds: Feeds;
  /** Files that messages to buyers are going to carry. */
  readonly uploads: UploadDestinations;
  /** To be called before the world itself goes on. */
  resume(saved: SavedWorld): void;
}

interface WritesSetting {
  readonly world: World;
  readonly keeper: Keeper;
  readonly fates: FeedFates;
  readonly delays: FeedDelays;
}

export const buildWrites = ({ world, keeper, fates, delays }: WritesSetting): Writes => {
  const ledger = new WriteLedger(keeper);
  const documents = new FeedDocuments(keeper);
  const uploads = new UploadDestinations();
  const feeds = new Feeds({ keeper, fates, delays, process: (feed, at) => processFeed({ world, documents, ledger }, feed, at) });
  world.join({
    nextTime: () => feeds.nextTime(),
    live: () => feeds.live(),
    reset: () => {
      feeds.reset();
      documents.reset();
      uploads.reset();
      ledger.reset();
    },
  });
  return {
    ledger,
    documents,
    feeds,
    uploads,
    resume: (saved) => {
      ledger.resume(saved.writes);
      documents.resume(saved.documents);
      feeds.resume(saved.feeds);
    },
  };
};
