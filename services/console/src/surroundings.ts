import type { ServiceKit } from '@orderbus/service-kit';
import type { ConsoleConfig } from './config.ts';
import type { LiveHub } from './live/hub.ts';
import type { Door } from './session/door.ts';
import type { Visitors } from './session/visitors.ts';

/** What pages are served with. */
export interface ConsoleKit extends ServiceKit {
  readonly config: ConsoleConfig;
  readonly visitors: Visitors;
  readonly door: Door;
  readonly hub: LiveHub;
}
