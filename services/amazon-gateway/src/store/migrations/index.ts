import { Commands1764000300000 } from './commands.ts';
import { Contacts1764800000000 } from './contacts.ts';
import { FeedWordsFacts1765300000000 } from './feed-words-facts.ts';
import { Feeds1764000400000 } from './feeds.ts';
import { ForgottenBuyers1764000500000 } from './forgotten-buyers.ts';
import { LastErrorFacts1765200000000 } from './last-error-facts.ts';
import { LastGapSweep1765100000000 } from './last-gap-sweep.ts';
import { Leases1765000000000 } from './leases.ts';
import { MoneyAndDocuments1764400000000 } from './money-and-documents.ts';
import { Orders1763800000000 } from './orders.ts';
import { RateBudgets1764000100000 } from './rate-budgets.ts';
import { Secrets1764900000000 } from './secrets.ts';
import { Stores1764000000000 } from './stores.ts';
import { Sweeps1764000200000 } from './sweeps.ts';
import { SyncCursor1763800000001 } from './sync-cursor.ts';

/** In the order of their names, which is the order in which they run. */
export const migrations = [
  Orders1763800000000,
  SyncCursor1763800000001,
  Stores1764000000000,
  RateBudgets1764000100000,
  Sweeps1764000200000,
  Commands1764000300000,
  Feeds1764000400000,
  ForgottenBuyers1764000500000,
  MoneyAndDocuments1764400000000,
  Contacts1764800000000,
  Secrets1764900000000,
  Leases1765000000000,
  LastGapSweep1765100000000,
  LastErrorFacts1765200000000,
  FeedWordsFacts1765300000000,
];
