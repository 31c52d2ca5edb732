import type { ServiceKit } from '@orderbus/service-kit';
import type { AccessSettings } from './config.ts';
import type { SignInCounts } from './metrics/measure.ts';
import type { Hashing } from './secrets/password-hash.ts';
import type { Authenticator } from './secrets/totp.ts';
import type { TokenMaker } from './tokens/token-maker.ts';
import type { UsedKeys } from './tokens/used-keys.ts';

/** What signing in and letting in are done with. */
export interface AccessKit extends ServiceKit {
  readonly settings: AccessSettings;
  readonly hashing: Hashing;
  readonly authenticator: Authenticator;
  readonly tokens: TokenMaker;
  readonly usedKeys: UsedKeys;
  readonly signIns: SignInCounts;
}
