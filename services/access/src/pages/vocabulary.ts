import type { Permission } from '@orderbus/service-kit/permissions';
import type { PasswordProblem } from '../domain/password.ts';

/** Everything that the pages say. */
export interface Words {
  readonly signIn: string;
  readonly signInLead: string;
  readonly email: string;
  readonly password: string;
  readonly show: string;
  readonly hide: string;
  readonly with: (provider: string) => string;
  readonly or: string;
  readonly code: string;
  readonly codeTitle: string;
  readonly codeLead: string;
  readonly codeHint: string;
  readonly confirm: string;
  readonly startOver: string;
  readonly enrolTitle: string;
  readonly enrolLead: string;
  readonly enrolStepScan: string;
  readonly enrolStepCode: string;
  readonly enrolByHand: string;
  readonly enrolPicture: string;
  readonly enrolPassword: string;
  readonly codesTitle: string;
  readonly codesLead: string;
  readonly codesKept: string;
  readonly passwordTitle: string;
  readonly passwordLead: string;
  readonly passwordOld: string;
  readonly passwordCurrent: string;
  readonly passwordNew: string;
  readonly passwordRules: string;
  readonly passwordSave: string;
  readonly welcomeTitle: string;
  readonly welcomeFirst: string;
  readonly welcomePerson: string;
  readonly welcomeEnter: string;
  readonly name: string;
  readonly checking: string;
  readonly accountTitle: string;
  readonly account: (role: string) => string;
  readonly roles: Readonly<Record<'viewer' | 'operator' | 'accountant' | 'admin', string>>;
  readonly toConsole: string;
  readonly sessions: string;
  readonly thisOne: string;
  readonly since: string;
  readonly end: string;
  readonly endOthers: string;
  readonly security: string;
  readonly changePassword: string;
  readonly setUpAuthenticator: string;
  readonly newAuthenticator: string;
  readonly codesLeft: (count: number) => string;
  readonly programs: string;
  readonly keysTitle: string;
  readonly keysLead: string;
  readonly keysMade: string;
  readonly keysNone: string;
  readonly keysOlder: (shown: number) => string;
  readonly keyNew: string;
  readonly keyName: string;
  readonly keyNameHint: string;
  readonly keyMay: string;
  readonly permissions: Readonly<Record<Permission, string>>;
  readonly keyStores: string;
  readonly allStores: string;
  readonly someStores: string;
  readonly storeIds: string;
  readonly keyDays: string;
  readonly keyMake: string;
  readonly keyMadeTitle: string;
  readonly keyMadeLead: string;
  readonly keyKept: string;
  readonly copy: string;
  readonly copied: string;
  readonly keyExpires: string;
  readonly keyExpired: string;
  readonly keyUsed: string;
  readonly keyUnused: string;
  readonly keyRevoked: (who: string) => string;
  readonly revoke: string;
  readonly revokeReason: string;
  readonly revokeNow: string;
  readonly signOut: string;
  readonly back: string;
  readonly needsScript: string;
  readonly problems: Readonly<Record<Problem, string>>;
  readonly passwordProblems: Readonly<Record<PasswordProblem, string>>;
}

/** What can go wrong, by the code of the answer. */
export const problems = [
  ...['sign-in.wrong', 'sign-in.wrong-code', 'sign-in.locked', 'sign-in.not-invited', 'link.void', 'session.none', 'password.refused'],
  ...['person.address-taken', 'oidc.refused', 'oidc.away', 'request.other-site', 'request.form-token', 'request.invalid'],
  ...['access.more-than-own', 'access.not-permitted', 'access.too-many-requests', 'other'],
] as const;
export type Problem = (typeof problems)[number];
