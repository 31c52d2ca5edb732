import { AppError } from '@orderbus/kernel';
import { type Database, insertMissing, lockByIds, updateExisting } from '@orderbus/outbox';
import { type EntityManager, EntitySchema } from 'typeorm';
import type { Person, PersonState } from '../domain/person.ts';
import type { Queries } from './queries.ts';

export const PersonEntity = new EntitySchema<Person>({
  name: 'person',
  columns: {
    id: { type: 'uuid', primary: true },
    email: { type: 'text' },
    name: { type: 'text' },
    state: { type: 'text' },
    role: { type: 'text' },
    permissions: { type: 'text', array: true },
    stores: { type: 'jsonb' },
    passwords: { type: 'text', array: true },
    passwordSetAt: { type: 'timestamptz', name: 'password_set_at' },
    totp: { type: 'text' },
    totpOffered: { type: 'text', name: 'totp_offered' },
    totpStep: { type: 'bigint', name: 'totp_step' },
    recoveryCodes: { type: 'text', array: true, name: 'recovery_codes' },
    identity: { type: 'text' },
    byClaims: { type: 'boolean', name: 'by_claims' },
    createdAt: { type: 'timestamptz', name: 'created_at' },
    createdBy: { type: 'text', name: 'created_by' },
    lastSignInAt: { type: 'timestamptz', name: 'last_sign_in_at' },
  },
});

export const findPerson = async (queries: Queries, id: string): Promise<Person | undefined> => {
  const [person] = await queries.query(`select ${columns} from person where id = $1`, [id]);
  return person;
};

export const findByEmail = async (queries: Queries, email: string): Promise<Person | undefined> => {
  const [person] = await queries.query(`select ${columns} from person where email = $1`, [email]);
  return person;
};

export const findByIdentity = async (queries: Queries, identity: string): Promise<Person | undefined> => {
  const [person] = await queries.query(`select ${columns} from person where identity = $1`, [identity]);
  return person;
};

/** @throws AppError `not-found` */
export const lockPerson = async (tx: EntityManager, id: string): Promise<Person> => {
  const [person] = await lockByIds(tx, PersonEntity, [id]);
  if (person === undefined) throw new AppError('not-found', 'person.unknown', { personId: id });
  return person;
};

export const savePerson = (tx: EntityManager, person: Person): Promise<void> => updateExisting(tx, PersonEntity, [person]);

/** @throws AppError `conflict` when somebody has this address already. */
export const addPerson = async (tx: EntityManager, person: Person): Promise<void> => {
  await insertMissing(tx, PersonEntity, [person]);
  if ((await findPerson(tx, person.id)) === undefined) throw new AppError('conflict', 'person.address-taken');
};

/** How many there are who may let others in. Locked, so that two of them cannot take each other's away at once. */
export const countManagers = async (tx: EntityManager): Promise<number> => {
  const rows: unknown[] = await tx.query(
    `select id from person where state = 'enabled' and 'manage-access' = any(permissions) order by id for update`,
  );
  return rows.length;
};

export const isAnybodyThere = async (queries: Queries): Promise<boolean> => {
  const [{ there }] = await queries.query('select exists (select from person) as there');
  return there;
};

/** By name; `after`: the last one seen. */
export const listPeople = (
  database: Database,
  filter: { readonly state?: PersonState | undefined; readonly after?: { name: string; id: string } | undefined; readonly limit: number },
): Promise<Person[]> =>
  database.query<Person>(
    `select ${columns} from person where ($1::text is null or state = $1) and ($2::text is null or (name, id) > ($2, $3::uuid))
     order by name, id limit $4`,
    [filter.state ?? null, filter.after?.name ?? null, filter.after?.id ?? null, filter.limit],
  );

export const everyPerson = (database: Database): Promise<Person[]> =>
  database.query<Person>(`select ${columns} from person order by name, id`);

const columns = `id, email, name, state, role, permissions, stores, passwords, password_set_at as "passwordSetAt", totp,
  totp_offered as "totpOffered", totp_step as "totpStep", recovery_codes as "recoveryCodes", identity, by_claims as "byClaims",
  created_at as "createdAt", created_by as "createdBy", last_sign_in_at as "lastSignInAt"`;
