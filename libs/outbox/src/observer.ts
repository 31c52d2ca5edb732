import type { Settlement } from '@orderbus/messaging';
import type { Work } from './process-batch.ts';

/** One look of the relay into the outbox. */
export interface Sweep {
  /** Only one instance of a service publishes at a time. */
  readonly leads: boolean;
  /** When the events were recorded, in milliseconds, that the broker has confirmed now. */
  readonly confirmed: readonly number[];
}

/** What the library tells whoever measures and logs. */
export interface Observer {
  handled(work: Work, outcome: string, seconds: number): void;
  failed(work: Work, error: unknown): void;
  unreadable(topic: string, settlement: Settlement): void;
  /** The relay has looked into the outbox, or found that another instance of the service is doing it. */
  swept(sweep: Sweep): void;
  relayFailed(error: unknown): void;
}

export const silent: Observer = {
  handled: () => {},
  failed: () => {},
  unreadable: () => {},
  swept: () => {},
  relayFailed: () => {},
};
