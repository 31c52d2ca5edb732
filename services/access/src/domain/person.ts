import { type Permission, permissionNames, type Role, roles, type singlePermissions } from '@orderbus/service-kit/permissions';

export type SinglePermission = (typeof singlePermissions)[number];

/** All stores, or these. */
export type Stores = '*' | readonly string[];

/** What a person may, as it is given: the role brings permissions along, the single ones are given one by one. */
export interface Rights {
  readonly role: Role;
  readonly permissions: readonly SinglePermission[];
  readonly stores: Stores;
}

export const personStates = ['invited', 'enabled', 'disabled'] as const;
export type PersonState = (typeof personStates)[number];

/** Somebody of the staff. One account is one person; there are no shared ones. */
export interface Person extends Rights {
  readonly id: string;
  /** Lower case: the name to sign in with. */
  readonly email: string;
  readonly name: string;
  readonly state: PersonState;
  /** The last ten passwords as argon2id, the present one first. Empty: no password, and no way in with one. */
  readonly passwords: readonly string[];
  readonly passwordSetAt: string | null;
  /** The secret of the authenticator, sealed. */
  readonly totp: string | null;
  /** One that is being set up and has not shown a code yet. */
  readonly totpOffered: string | null;
  /** The time step of the last code that was taken: it is not taken twice. */
  readonly totpStep: number;
  /** Hashes of the recovery codes that are left. */
  readonly recoveryCodes: readonly string[];
  /** Issuer and subject at the OpenID provider. */
  readonly identity: string | null;
  /** The provider's claims decide about the rights, at each sign-in. */
  readonly byClaims: boolean;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly lastSignInAt: string | null;
}

export const aPerson = (
  about: Pick<Person, 'id' | 'email' | 'name' | 'createdAt' | 'createdBy'> & Rights,
  state: PersonState = 'invited',
): Person => ({
  ...about,
  ...{ state, passwords: [], passwordSetAt: null, totp: null, totpOffered: null, totpStep: 0, recoveryCodes: [] },
  ...{ identity: null, byClaims: false, lastSignInAt: null },
});

/** Everything that these rights allow. */
export const permissionsOf = ({ role, permissions }: Pick<Rights, 'role' | 'permissions'>): Permission[] => {
  const allowed: readonly Permission[] = [...roles[role], ...permissions];
  return permissionNames.filter((name) => allowed.includes(name));
};

/** As the name to sign in with: how somebody writes it does not matter. */
export const emailKey = (email: string): string => email.normalize('NFKC').trim().toLowerCase();
