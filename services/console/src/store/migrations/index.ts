import { NoRecentOrders1765500000000 } from './no-recent-orders.ts';
import { ReadModel1765200000000 } from './read-model.ts';
import { SettledNeeds1765300000000 } from './settled-needs.ts';
import { WholeOrNot1765400000000 } from './whole-or-not.ts';

/** In the order of their names, which is the order in which they run. */
export const migrations = [ReadModel1765200000000, SettledNeeds1765300000000, WholeOrNot1765400000000, NoRecentOrders1765500000000];
