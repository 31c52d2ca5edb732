import type { FeedDocument, WorldFeed } from './feed.ts';
import type { WorldOrder } from './order.ts';
import type { WriteEntry } from './write-ledger.ts';

/** Something of the world that outlives a restart. */
export type Kept =
  | { readonly order: WorldOrder }
  | { readonly feed: WorldFeed }
  | { readonly document: FeedDocument }
  | { readonly write: WriteEntry };

/** Where the world is kept, if anywhere. The last of several things about the same one counts. */
export interface Keeper {
  keep(thing: Kept): void;
  /** A document that has expired. */
  drop(documentId: string): void;
}
