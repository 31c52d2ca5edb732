import { describe, expect, test } from '@jest/globals';
import { allEvents, eventsByPublisher, operationsEvents } from '@orderbus/contracts';
import { listeners, services } from './services.ts';

/** Those who take in whatever happens, for integrators and for pages: no service does anything because of it. */
const keepers = ['notification.keep-for-webhooks', 'console.show'];

/** Told for the record: they are in the order's timeline, and no service does anything because of them. */
const forTheRecord = [
  'order.address_corrected.v1',
  'order.commented.v1',
  'order.noted.v1',
  'order.status_changed.v1',
  'order.tagged.v1',
  'shipment.packed.v1',
];

describe('the subscriptions of all services', () => {
  test('leave no event without a reaction but those for the record, and those really have none', () => {
    const heard = new Set(listeners.filter(({ name }) => !keepers.includes(name)).map(({ topic }) => topic));
    const unheard = allEvents.map(({ topic }) => topic).filter((topic) => !heard.has(topic));
    expect(unheard.sort()).toEqual(forTheRecord);
  });

  test.each(keepers)('let no event pass by %s', (keeper) => {
    const kept = listeners.filter(({ name }) => name === keeper).map(({ topic }) => topic);
    expect(kept.sort()).toEqual(allEvents.map(({ topic }) => topic).sort());
  });

  test('are to events that somebody publishes', () => {
    const published = new Set(allEvents.map(({ topic }) => topic));
    expect(listeners.filter(({ topic }) => !published.has(topic))).toEqual([]);
  });

  test('bear the name of their service and a verb', () => {
    expect(listeners.filter(({ service, name }) => !new RegExp(`^${service}\\.[a-z]+(-[a-z]+)*$`).test(name))).toEqual([]);
  });

  test('take each event once under each name: the second would count as a repetition of the first', () => {
    const names = listeners.map(({ name, topic }) => `${name} ${topic}`);
    expect(names.filter((name, n) => names.indexOf(name) !== n)).toEqual([]);
  });
});

describe('an event', () => {
  const publishersOf = (topic: string): string[] =>
    Object.keys(eventsByPublisher).filter((publisher) => eventsByPublisher[publisher]?.some((event) => event.topic === topic));
  const ofLibraries = new Set<string>(operationsEvents.map(({ topic }) => topic));

  test('has one publisher, unless the libraries tell it in the name of whichever service they run in', () => {
    const shared = allEvents.filter(({ topic }) => publishersOf(topic).length !== 1);
    expect(shared.map(({ topic }) => topic).sort()).toEqual([...ofLibraries].sort());
  });

  test('that the libraries tell may come from every service', () => {
    for (const topic of ofLibraries) expect(publishersOf(topic).sort()).toEqual(services.map(({ name }) => name).sort());
  });
});

test('the services that are documented have one name each, their own', () => {
  expect(services.map(({ build }) => build().name)).toEqual(services.map(({ name }) => name));
});
