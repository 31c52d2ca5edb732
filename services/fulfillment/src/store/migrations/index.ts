import { DeadlinesAndReturns1764400000200 } from './deadlines-and-returns.ts';
import { Locations1764400000000 } from './locations.ts';
import { LowStock1764900000000 } from './low-stock.ts';
import { PrintJobs1764400000300 } from './print-jobs.ts';
import { Shipments1764400000100 } from './shipments.ts';
import { StockAndReservations1700000100000 } from './stock-and-reservations.ts';

/** In the order of their names, which is the order in which they run. */
export const migrations = [
  StockAndReservations1700000100000,
  Locations1764400000000,
  Shipments1764400000100,
  DeadlinesAndReturns1764400000200,
  PrintJobs1764400000300,
  LowStock1764900000000,
];
