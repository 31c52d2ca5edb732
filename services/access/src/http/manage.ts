import type { Transaction } from '@orderbus/outbox';
import { type Caller, HttpError } from '@orderbus/service-kit';
import { type Person, permissionsOf } from '../domain/person.ts';
import { isManager, refusalToChange, refusalToLetIn } from '../domain/rights.ts';
import { voidLinksOf } from '../store/links.ts';
import { countManagers, findPerson, lockPerson, savePerson } from '../store/people.ts';
import type { Queries } from '../store/queries.ts';
import { endSessionsOf } from '../store/sessions.ts';
import type { AccessKit } from '../surroundings.ts';
import { refuseRights } from './words.ts';

/**
 * The person who asks, with the rights of this moment: a token may be some minutes older. People let people in; API keys and services do not.
 * @throws HttpError 403
 */
export const managerOf = async ({ database }: AccessKit, caller: Pick<Caller, 'kind' | 'id'>, tx: Queries = database): Promise<Person> => {
  const person = caller.kind === 'person' ? await findPerson(tx, caller.id.slice('person:'.length)) : undefined;
  if (person === undefined) throw new HttpError(403, 'access.people-only', 'Only people let people in, and make API keys');
  if (!isManager(person)) throw new HttpError(403, 'access.not-permitted', 'Needs the permission manage-access');
  return person;
};

/** Changes somebody's rights or state. Other rights end his sessions: he comes back with a new one. */
export const changePerson = (kit: AccessKit, caller: Caller, personId: string, change: (person: Person) => Person): Promise<Person> =>
  kit.database.transaction(async (tx) => {
    const managers = await countManagers(tx);
    const before = await lockPerson(tx, personId);
    const after = change(before);
    const manager = await managerOf(kit, caller, tx);
    if (rightsIn(before) !== rightsIn(after)) {
      refuseRights(refusalToChange(manager, before, after, managers));
      await endSessionsOf(tx, personId);
    }
    if (after.state === 'disabled') await voidLinksOf(tx, personId);
    await savePerson(tx, after);
    return after;
  });

/** Opens a way in for somebody who has none just now. */
export const letIn = <Result>(
  kit: AccessKit,
  caller: Caller,
  personId: string,
  work: (tx: Transaction, person: Person) => Promise<Result>,
): Promise<Result> =>
  kit.database.transaction(async (tx) => {
    const manager = await managerOf(kit, caller, tx);
    const person = await lockPerson(tx, personId);
    refuseRights(refusalToLetIn(manager, person));
    return work(tx, person);
  });

const rightsIn = (person: Person): string =>
  JSON.stringify([person.state, permissionsOf(person), person.role, [person.stores].flat().toSorted()]);
