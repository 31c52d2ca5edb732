import { newId } from '@orderbus/kernel';
import type { AuditSignature } from '@orderbus/outbox';
import type { Caller } from '../access/caller.ts';
import { context } from '../context.ts';

/** Who does something, as it stands on record: the caller, or the one in whose name a service calls. */
export const actorOf = ({ caller }: { readonly caller: Caller }): { kind: 'person'; name: string } => ({
  kind: 'person',
  name: caller.onBehalfOf ?? caller.name,
});

/** The same for an entry in the audit log: nobody is left out. */
export const signatureOf = ({ caller, address }: { readonly caller: Caller; readonly address: string }): AuditSignature => ({
  actor: { id: caller.id, name: caller.name },
  onBehalfOf: caller.onBehalfOf,
  correlationId: context().correlationId ?? newId(),
  address,
});
