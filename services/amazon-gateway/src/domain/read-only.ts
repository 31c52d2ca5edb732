import { AmazonReadOnlySwitched, accept, allStores, type Decision, refuse } from '@orderbus/contracts';
import { orderIdOf } from '@orderbus/kernel';

/** Whether anything is sent to Amazon: for one store, or for the whole installation. */
export interface ReadOnly extends ReadOnlyContent {
  readonly id: string;
  readonly tenant: string;
  readonly version: number;
}

interface ReadOnlyContent {
  /** Null: the whole installation. */
  readonly storeId: string | null;
  readonly readOnly: boolean;
  readonly reason: 'person' | 'copied-database';
  readonly since: string;
  readonly switchedBy: string | null;
  readonly note: string | null;
}

export type ReadOnlyCommand =
  | {
      readonly type: 'switch';
      readonly storeId?: string | undefined;
      readonly readOnly: boolean;
      readonly reason: ReadOnly['reason'];
      readonly at: string;
      readonly by?: string | undefined;
      readonly note?: string | undefined;
    }
  /** A person says that this database is the installation. What a person has switched stays. */
  | { readonly type: 'confirm'; readonly at: string; readonly by: string };

export const readOnlyIdOf = (storeId: string | undefined): string => orderIdOf(storeId ?? allStores, 'read-only');

/** Whoever was never switched may write. */
export const decideReadOnly = (known: ReadOnly | undefined, command: ReadOnlyCommand): Decision<ReadOnlyContent> => {
  if (command.type === 'confirm') {
    if (!known?.readOnly || known.reason !== 'copied-database') return refuse('already-done');
    return decideReadOnly(known, { ...command, type: 'switch', readOnly: false, reason: 'person' });
  }
  const { storeId, readOnly, reason, at, by, note } = command;
  if ((known?.readOnly ?? false) === readOnly) return refuse('already-done');
  return accept(
    { storeId: storeId ?? null, readOnly, reason, since: at, switchedBy: by ?? null, note: note ?? null },
    AmazonReadOnlySwitched.of({ ...(storeId !== undefined && { storeId }), readOnly, reason }),
  );
};
