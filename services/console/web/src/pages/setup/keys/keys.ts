import { access } from '../../../api/services.ts';
import type { Tone } from '../../../ui/Status.tsx';

export const keysPage = (cursor: string | undefined) => access.read('/api-keys', { params: { query: { limit: 100, cursor } } });

type Answer = Awaited<ReturnType<Extract<NonNullable<ReturnType<typeof keysPage>['queryFn']>, (context: never) => unknown>>>;
export type ApiKey = Answer['items'][number];

/** Everything that a key can be given: it manages nobody's access. */
export const keyPermissions = ['read', 'operate', 'bill', 'books', 'administer', 'see-buyer-data', 'refund'] as const;
export type KeyPermission = (typeof keyPermissions)[number];

export const isKeyPermission = (name: string): name is KeyPermission => keyPermissions.some((one) => one === name);

export type KeyState = 'good' | 'expiring' | 'expired' | 'revoked';

const dayMs = 86_400_000;
const soonDays = 30;

export const stateOf = ({ revokedAt, expiresAt }: Pick<ApiKey, 'revokedAt' | 'expiresAt'>, now: number): KeyState => {
  if (revokedAt !== null) return 'revoked';
  const left = Date.parse(expiresAt) - now;
  if (left <= 0) return 'expired';
  return left < soonDays * dayMs ? 'expiring' : 'good';
};

export const toneOf: Readonly<Record<KeyState, Tone>> = { good: 'ok', expiring: 'attention', expired: 'quiet', revoked: 'quiet' };

/** A day as `<input type="date">` has it, in the reader's zone. */
export const dayIn = (days: number, now: number): string => {
  const at = new Date(now + days * dayMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
};
