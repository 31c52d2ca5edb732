import { access } from '../../../api/services.ts';
import type { Tone } from '../../../ui/Status.tsx';

/** More than a page of it: who manages access is counted over all. */
export const peopleQuery = access.read('/people', { params: { query: { limit: 200 } } });

type Answer = Awaited<ReturnType<Extract<NonNullable<typeof peopleQuery.queryFn>, (context: never) => unknown>>>;
export type Person = Answer['items'][number];

export type Standing = Person['state'] | 'locked';

export const standingOf = ({ state, lockedUntil }: Pick<Person, 'state' | 'lockedUntil'>): Standing =>
  state === 'enabled' && lockedUntil !== null ? 'locked' : state;

export const toneOf: Readonly<Record<Standing, Tone>> = {
  invited: 'waiting',
  enabled: 'ok',
  disabled: 'quiet',
  locked: 'attention',
};

export const factorOf = ({ hasAuthenticator, hasIdentity }: Pick<Person, 'hasAuthenticator' | 'hasIdentity'>) => {
  if (hasAuthenticator) return 'authenticator';
  return hasIdentity ? 'identity' : 'none';
};

const isManager = ({ state, allowed }: Person): boolean => state === 'enabled' && allowed.includes('manage-access');

/** With only one, nobody could let anybody in once that person is gone. */
export const countManagers = (people: readonly Person[]): number => people.filter(isManager).length;
