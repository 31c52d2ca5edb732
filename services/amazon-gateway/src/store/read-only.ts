import { allStores } from '@orderbus/contracts';
import { newId } from '@orderbus/kernel';
import { aggregates, type Item, type Target } from '@orderbus/outbox';
import { context } from '@orderbus/service-kit';
import { EntitySchema } from 'typeorm';
import { decideReadOnly, type ReadOnly, type ReadOnlyCommand, readOnlyIdOf } from '../domain/read-only.ts';

export const ReadOnlyEntity = new EntitySchema<ReadOnly>({
  name: 'read_only',
  columns: {
    id: { type: 'uuid', primary: true },
    tenant: { type: 'text' },
    version: { type: 'int' },
    storeId: { name: 'store_id', type: 'text', nullable: true },
    readOnly: { name: 'read_only', type: 'boolean' },
    reason: { type: 'text' },
    since: { type: 'timestamptz' },
    switchedBy: { name: 'switched_by', type: 'text', nullable: true },
    note: { type: 'text', nullable: true },
  },
});

/** Who may write to Amazon. */
export const readOnlySwitches: Target<ReadOnlyCommand> = aggregates<ReadOnly, ReadOnlyCommand>({
  name: 'readOnly',
  entity: ReadOnlyEntity,
  decide: decideReadOnly,
});

/** A command for a store, or without one for the installation. */
export const readOnlyItem = (command: ReadOnlyCommand, storeId?: string): Item<ReadOnlyCommand> => {
  const { correlationId = newId(), traceparent } = context();
  const cause = { tenant: storeId ?? allStores, correlationId, ...(traceparent && { traceparent }) };
  return { key: readOnlyIdOf(storeId), command, cause };
};
