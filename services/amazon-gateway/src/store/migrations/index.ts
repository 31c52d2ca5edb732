import { Orders1763800000000 } from './orders.ts';
import { SyncCursor1763800000001 } from './sync-cursor.ts';

/** In the order of their names, which is the order in which they run. */
export const migrations = [Orders1763800000000, SyncCursor1763800000001];
