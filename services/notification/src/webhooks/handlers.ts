import { allEvents, type Event } from '@orderbus/contracts';
import { on, type Subscription, type Target } from '@orderbus/outbox';
import { payloadOf } from './domain/payload.ts';
import type { Heard } from './store/heard.ts';

/** Integrators may be told of everything that happens: all of it is heard, and kept for a while. */
export const hearing = (heard: Target<Heard>): readonly Subscription[] =>
  allEvents.map((event) => on(event, 'notification.keep-for-webhooks', heard, { key: ({ id }) => id, command: asHeard(event.topic) }));

const asHeard =
  (topic: string) =>
  (event: Event): Heard => ({ id: event.id, topic, tenant: event.tenant, body: payloadOf(event) });
