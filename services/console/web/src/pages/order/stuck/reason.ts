import type { operations } from '../../../api/generated/console.d.ts';

export type StuckAnswer = operations['getApiOrdersByOrderIdStuck']['responses'][200]['content']['application/json'];
export type Stuck = NonNullable<StuckAnswer['stuck']>;
export type Reason = Stuck['behind'][number];
export type Fix = NonNullable<Reason['action']>;
