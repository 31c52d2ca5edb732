import { StockAndReservations1700000100000 } from './stock-and-reservations.ts';

/** In the order of their names, which is the order in which they run. */
export const migrations = [StockAndReservations1700000100000];
