import type { Settlement } from '@orderbus/messaging';
import type { Work } from './process-batch.ts';

/** What the library tells whoever measures and logs. */
export interface Observer {
  handled(work: Work, outcome: string, seconds: number): void;
  failed(work: Work, error: unknown): void;
  unreadable(topic: string, settlement: Settlement): void;
  published(count: number, unconfirmed: number): void;
  relayFailed(error: unknown): void;
}

export const silent: Observer = {
  handled: () => {},
  failed: () => {},
  unreadable: () => {},
  published: () => {},
  relayFailed: () => {},
};
