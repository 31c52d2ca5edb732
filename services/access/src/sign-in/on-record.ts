import { newId } from '@orderbus/kernel';
import type { AuditOutcome } from '@orderbus/outbox';
import { context } from '@orderbus/service-kit';
import type { Person } from '../domain/person.ts';
import type { AccessKit } from '../surroundings.ts';
import type { Visitor } from './visitor.ts';

/** What happens at the door. What managers do on their API goes on record by itself. */
export type Happening =
  | 'person.signed-in'
  | 'person.sign-in-failed'
  | 'person.locked'
  | 'person.signed-out'
  | 'person.session-ended'
  | 'person.password-changed'
  | 'person.authenticator-set-up'
  | 'link.used';

export interface Recorded {
  /** Who it was, as far as that is known: a wrong attempt is on record under the account that was tried. */
  readonly person: Pick<Person, 'id' | 'name'> | undefined;
  readonly reason?: string;
  readonly outcome?: AuditOutcome;
}

/** Writes it down before anybody is answered. Never the address that was typed in: it may be a password. */
export const onRecord = async (
  { audit }: Pick<AccessKit, 'audit'>,
  { address }: Pick<Visitor, 'address'>,
  action: Happening,
  { person, reason, outcome = 'done' }: Recorded,
): Promise<void> => {
  const actor = person === undefined ? { id: 'person:unknown', name: 'unknown' } : { id: `person:${person.id}`, name: person.name };
  const subjects = person === undefined ? [] : [`person:${person.id}`];
  await audit.record([{ actor, action, subjects, reason, outcome, correlationId: context().correlationId ?? newId(), address }]);
};

/** A wrong attempt; and the lock, if it was the one too many. */
export const failureOnRecord = async (
  kit: AccessKit,
  visitor: Pick<Visitor, 'address'>,
  person: Recorded['person'],
  { reason, locks }: { readonly reason: string; readonly locks: boolean },
): Promise<void> => {
  await onRecord(kit, visitor, 'person.sign-in-failed', { person, reason, outcome: 'refused' });
  if (locks) await onRecord(kit, visitor, 'person.locked', { person, reason: 'too many wrong attempts' });
};
