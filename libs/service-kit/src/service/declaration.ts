import { type EventDefinition, eventsByPublisher, operationsEvents } from '@orderbus/contracts';
import type { Declaration } from '@orderbus/messaging';
import { type Subscription, topicsOf } from '@orderbus/outbox';

/** What a service has to have in the broker: a way out for its own events, a way in for those that it listens to. */
export const declarationOf = (
  { name, subscriptions }: { readonly name: string; readonly subscriptions: readonly Subscription[] },
  retryDelaysMs?: readonly number[],
): Declaration => ({
  queue: name,
  topics: topicsOf(subscriptions),
  tells: [...new Set(ownEvents(name).map(({ topic }) => topic))],
  ...(retryDelaysMs && { retryDelaysMs }),
});

/** Also of a service that has nothing to say by itself: the libraries speak in its name. */
const ownEvents = (name: string): readonly Pick<EventDefinition, 'topic'>[] => [...(eventsByPublisher[name] ?? []), ...operationsEvents];
