import { Invoices1700000100000 } from './invoices.ts';

/** In the order of their names, which is the order in which they run. */
export const migrations = [Invoices1700000100000];
