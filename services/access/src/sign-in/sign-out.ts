import { endSession } from '../store/sessions.ts';
import type { AccessKit } from '../surroundings.ts';
import { onRecord } from './on-record.ts';
import type { SignedIn, Visitor } from './visitor.ts';

/** Ends the session that somebody is here with. */
export const signOut = async (kit: AccessKit, visitor: Visitor, { person, session }: SignedIn): Promise<void> => {
  await onRecord(kit, visitor, 'person.signed-out', { person });
  await endSession(kit.database, session.id);
};
