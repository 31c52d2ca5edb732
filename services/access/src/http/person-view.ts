import { z } from 'zod';
import { type Person, permissionsOf, personStates } from '../domain/person.ts';
import { Permissions, rightsFields } from './words.ts';

export const PersonView = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  state: z.enum(personStates),
  ...rightsFields,
  permissions: z.array(z.string()).describe('The single ones'),
  allowed: Permissions.describe('Everything that role and single permissions allow'),
  hasPassword: z.boolean(),
  hasAuthenticator: z.boolean(),
  hasIdentity: z.boolean().describe('Signs in with OpenID Connect'),
  byClaims: z.boolean().describe('The OpenID provider decides about the rights'),
  lockedUntil: z.iso.datetime().nullable(),
  lastSignInAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
});
export type PersonView = z.output<typeof PersonView>;

export const viewOfPerson = (person: Person, lockedUntil: string | undefined): PersonView => {
  const { id, email, name, state, role, permissions, stores, byClaims, lastSignInAt, createdAt, createdBy } = person;
  return {
    ...{ id, email, name, state, role, permissions: [...permissions], stores: stores === '*' ? stores : [...stores] },
    ...{ allowed: permissionsOf(person), byClaims, lastSignInAt, createdAt, createdBy, lockedUntil: lockedUntil ?? null },
    ...{ hasPassword: person.passwords.length > 0, hasAuthenticator: person.totp !== null, hasIdentity: person.identity !== null },
  };
};
