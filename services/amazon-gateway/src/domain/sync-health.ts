import { AmazonSyncRecovered, AmazonSyncStalled, accept, type Decision, refuse } from '@orderbus/contracts';

/** Is a store kept in step with Amazon? Told when it no longer is, and when it is again; once each. */
export interface SyncHealth extends Health {
  readonly id: string;
  readonly tenant: string;
  readonly version: number;
}

interface Health {
  /** Null: it is in step. */
  readonly stalledSince: string | null;
  readonly code: string | null;
}

/** Why a store is out of step. */
interface Stall {
  readonly storeName: string;
  readonly code: string;
  readonly words: string;
  readonly needsPerson: boolean;
  /** When it was last in step. */
  readonly lastSuccessAt: string | null;
}

export type HealthCommand = ({ readonly type: 'stall' } & Stall) | { readonly type: 'recover'; readonly storeName: string };

export const decideHealth = (
  known: SyncHealth | undefined,
  command: HealthCommand,
  { tenant: storeId }: { readonly tenant: string },
  { now }: { readonly now: string },
): Decision<Health> => {
  const isStalled = known !== undefined && known.stalledSince !== null;
  const { storeName } = command;
  if (command.type === 'recover') {
    if (!isStalled) return refuse('already-done');
    return accept({ stalledSince: null, code: null }, AmazonSyncRecovered.of({ storeId, storeName }));
  }
  if (isStalled) return refuse('already-done', 'told already');
  const { code, words, needsPerson, lastSuccessAt } = command;
  return accept(
    { stalledSince: now, code },
    AmazonSyncStalled.of({ storeId, storeName, ...(lastSuccessAt && { since: lastSuccessAt }), refusal: { code, words }, needsPerson }),
  );
};
