import type { Event, EventDefinition } from '@orderbus/contracts';
import type { AlertKind } from '../domain/alert.ts';
import type { Facts } from '../domain/facts.ts';
import type { Notice, WatchCommand } from '../domain/watch.ts';

export type EventOf<Definition> = Definition extends EventDefinition<infer Data> ? Event<Data> : never;

/** Which of the things that are watched together an event is about, and how often it has been told anew. */
export type About = Pick<Notice, 'subject' | 'revision'>;

export const notices = (...list: readonly Notice[]): WatchCommand => ({ type: 'notice', notices: list });

export const tells = (event: Event, facts: Facts, about: About = {}): Notice => ({ ...place(event), ...about, kind: facts.kind, facts });

export const clears = (event: Event, kind: AlertKind, about: About = {}): Notice => ({ ...place(event), ...about, kind, facts: null });

/** Times in milliseconds, as the database gives them back: they are positions in the pages of the list. */
const place = ({ id, aggregateVersion, occurredAt }: Event) => ({
  eventId: id,
  version: aggregateVersion,
  at: new Date(occurredAt).toISOString(),
});
