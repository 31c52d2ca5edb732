import { Documents1764400000000 } from './documents.ts';
import { Invoices1700000100000 } from './invoices.ts';
import { Journal1764400000100 } from './journal.ts';
import { JournalLinesByAccount1765500000000 } from './journal-lines-by-account.ts';
import { PrintJobs1764400000300 } from './print-jobs.ts';

/** In the order of their names, which is the order in which they run. */
export const migrations = [
  Invoices1700000100000,
  Documents1764400000000,
  Journal1764400000100,
  PrintJobs1764400000300,
  JournalLinesByAccount1765500000000,
];
