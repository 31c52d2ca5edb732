import type { TimeOfDay } from '@orderbus/kernel';
import type { AlertKind } from './alert.ts';
import type { Language } from './language.ts';

/** Who is told what, and when. */
export interface Rule {
  readonly id: string;
  /** Messages name it. */
  readonly name: string;
  readonly enabled: boolean;
  readonly kinds: 'all' | readonly AlertKind[];
  readonly targets: readonly RuleTarget[];
  /** Of targets that have none of their own. */
  readonly language: Language;
  /** Whose clock counts, for the times below and for those in messages. */
  readonly timeZone: string;
  readonly schedule: Schedule;
  readonly quietHours?: QuietHours;
}

export const channels = ['mail', 'slack', 'webhook'] as const;
export type Channel = (typeof channels)[number];

/** Where to. Addresses of hooks are secrets and kept elsewhere: here is what may be shown of them. */
export interface RuleTarget {
  readonly id: string;
  readonly channel: Channel;
  /** The mail address, or of a hook's enough to know it again. */
  readonly shown: string;
  readonly language?: Language;
}

export type Schedule =
  /** One message for all alerts of a kind that come within so many minutes; with 0, one for each alert. */
  | { readonly when: 'at-once'; readonly throttleMinutes: number }
  /** One message for all kinds, at the full hour. */
  | { readonly when: 'hourly' }
  | { readonly when: 'daily'; readonly at: readonly TimeOfDay[] };

/** What falls into them waits until they end. */
export interface QuietHours {
  readonly from: TimeOfDay;
  readonly until: TimeOfDay;
  /** These do not wait, where each kind has messages of its own: at once. */
  readonly except: readonly AlertKind[];
}
