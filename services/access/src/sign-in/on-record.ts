import { newId } from '@orderbus/kernel';
import type { AuditOutcome, NewAuditEntry } from '@orderbus/outbox';
import { context, failureOf } from '@orderbus/service-kit';
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
  | 'link.used'
  | 'api-key.made'
  | 'api-key.revoked';

export interface Recorded {
  /** Who it was, as far as that is known: a wrong attempt is on record under the account that was tried. */
  readonly person: Pick<Person, 'id' | 'name'> | undefined;
  readonly reason?: string;
  /** What else it is about: `key:<id>`. */
  readonly about?: readonly string[];
  /** The names of what is set. */
  readonly fields?: readonly string[];
  readonly outcome?: AuditOutcome;
}

/** Writes it down before anybody is answered. Never the address that was typed in: it may be a password. */
export const onRecord = async (
  { audit }: Pick<AccessKit, 'audit'>,
  visitor: Pick<Visitor, 'address'>,
  action: Happening,
  recorded: Recorded,
): Promise<void> => {
  await audit.record([entryOf(visitor, action, recorded)]);
};

/** As on the API: on record before it is done, and what became of it behind that. */
export const doneOnRecord = async <Result>(
  { audit }: Pick<AccessKit, 'audit'>,
  visitor: Pick<Visitor, 'address'>,
  action: Happening,
  recorded: Omit<Recorded, 'outcome'>,
  work: () => Promise<Result>,
): Promise<Result> => {
  const entry = entryOf(visitor, action, { ...recorded, outcome: 'asked' });
  const [answers] = await audit.record([entry]);
  try {
    const result = await work();
    audit.follow({ ...entry, outcome: 'done', status: 200, answers });
    return result;
  } catch (error) {
    audit.follow({ ...entry, ...failureOf(error), answers });
    throw error;
  }
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

const entryOf = (
  { address }: Pick<Visitor, 'address'>,
  action: Happening,
  { person, reason, about = [], fields = [], outcome = 'done' }: Recorded,
): NewAuditEntry => {
  const actor = person === undefined ? { id: 'person:unknown', name: 'unknown' } : { id: `person:${person.id}`, name: person.name };
  const subjects = [...(person === undefined ? [] : [actor.id]), ...about];
  return { actor, action, subjects, reason, fields, outcome, correlationId: context().correlationId ?? newId(), address };
};
